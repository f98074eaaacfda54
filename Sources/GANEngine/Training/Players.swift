/// Everything that training changes. Buffers keep their place, so that passes can point into them.
final class Players {
    let generator: Learner
    let discriminator: Learner
    /// The exponential moving average of the generator's weights.
    let average: FloatBuffer

    /// As initialised for these settings.
    init(_ settings: Settings) {
        let parameters = settings.generator.initializer.parameters(
            for: settings.generatorShape, from: RandomStream(seed: settings.seed, .generatorWeights))
        generator = Learner(parameters)
        average = FloatBuffer(parameters)
        discriminator = Learner(
            settings.discriminator.initializer.parameters(
                for: settings.discriminatorShape, from: RandomStream(seed: settings.seed, .discriminatorWeights)))
    }
}
