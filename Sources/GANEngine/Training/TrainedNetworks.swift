/// Everything that training changes. Buffers keep their place, so that passes can point into them.
final class TrainedNetworks {
    let generator: TrainedNetwork
    let discriminator: TrainedNetwork
    /// The exponential moving average of the generator's weights.
    let average: FloatBuffer
    /// The left singular vectors that spectral normalisation follows.
    let singular: FloatBuffer
    /// The standard deviation of the last minibatch of fake samples, if the discriminator asks for it.
    var spread: Float = 0

    /// The two learners.
    var both: [TrainedNetwork] { [generator, discriminator] }

    /// As initialised for these settings.
    init(_ settings: Settings) {
        let generatorStream = RandomStream(seed: settings.seed, .generatorWeights)
        let discriminatorStream = RandomStream(seed: settings.seed, .discriminatorWeights)
        let shape = settings.discriminatorShape
        let parameters = settings.generator.initializer.parameters(
            for: settings.generatorShape, from: generatorStream)
        generator = TrainedNetwork(parameters)
        average = FloatBuffer(parameters)
        discriminator = TrainedNetwork(
            settings.discriminator.initializer.parameters(for: shape, from: discriminatorStream))
        // Any start will do that is not orthogonal to what is sought; a few iterations settle it.
        let start = discriminatorStream.key(step: 0, update: 1)
        singular = FloatBuffer(start.numbers(SpectralNormalization.leftCount(shape), .normal))
        SpectralNormalization(shape, weights: discriminator.weights, left: singular).normalize(iterations: 15)
    }

    /// The moving average begins where the generator stands, however long it trained without one.
    func startAverage() {
        average.base.update(from: generator.weights.base, count: average.count)
    }
}
