/// What views and metrics look at: both networks at one step, as values.
public struct Snapshot: Sendable {
    /// Steps completed.
    public let step: Int
    /// The settings in effect.
    public let settings: Settings
    /// The generator that is shown: the moving average of the weights if the settings keep one.
    public let generator: Network
    /// The discriminator as it judges single minibatches: what depends on the minibatch is frozen as it last
    /// was.
    public let discriminator: Network
    /// The losses of the last update of each network, without penalties; NaN before the first.
    public let losses: (discriminator: Float, generator: Float)
    /// How long the weights are that are being trained, and how far the last step moved them.
    public let lengths: (discriminator: WeightLengths, generator: WeightLengths)
}

extension Snapshot {
    init(step: Int, _ trainer: Trainer) {
        let (settings, networks) = (trainer.settings, trainer.networks)
        self.step = step
        self.settings = settings
        let weights = (settings.generator.average > 0 ? networks.average : networks.generator.weights).values
        let shape = settings.generatorShape
        generator = Network(
            shape: shape, parameters: trainer.frame?.generatorForData(weights, shape) ?? weights)
        discriminator = trainer.frozenDiscriminator()
        losses = networks.losses
        lengths = (networks.discriminator.lengths, networks.generator.lengths)
    }
}

extension Trainer {
    /// D without a minibatch: its weights normalised as they would be now, and the feature that tells a
    /// minibatch's spread a constant, as it last was for fake samples, which joins the biases.
    fileprivate func frozenDiscriminator() -> Network {
        let shape = settings.discriminatorShape
        spectral?.normalize(iterations: 0)
        var parameters = (spectral?.normalized ?? networks.discriminator.weights).values
        if let index = shape.deviationLayer {
            let layer = shape.layers[index]
            for row in (0..<layer.outputs).reversed() {
                parameters[layer.biases + row] +=
                    parameters[layer.weights + (row + 1) * layer.inputs - 1] * networks.spread
            }
            for row in (0..<layer.outputs).reversed() {
                parameters.remove(at: layer.weights + (row + 1) * layer.inputs - 1)
            }
        }
        let frozen = settings.frozenDiscriminatorShape
        return Network(
            shape: frozen, parameters: frame?.discriminatorForData(parameters, frozen) ?? parameters)
    }
}

extension Settings {
    /// The discriminator's layers without the feature that tells a minibatch's spread.
    fileprivate var frozenDiscriminatorShape: NetworkShape {
        NetworkShape(
            inputs: discriminatorShape.inputs, hidden: discriminator.hidden, outputs: 1,
            activation: discriminator.activation)
    }
}
