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
    /// The losses of the last update of each network, without penalties.
    public let losses: (discriminator: Float, generator: Float)
}

extension Snapshot {
    init(step: Int, _ trainer: Trainer) {
        let (settings, players) = (trainer.settings, trainer.players)
        self.step = step
        self.settings = settings
        let weights = settings.generator.average > 0 ? players.average : players.generator.weights
        generator = Network(shape: settings.generatorShape, parameters: weights.values)
        discriminator = trainer.frozenDiscriminator()
        losses = trainer.losses
    }
}

extension Trainer {
    /// D without a minibatch: its weights normalised as they would be now, and the feature that tells a
    /// minibatch's spread a constant, as it last was for fake samples, which joins the bias.
    fileprivate func frozenDiscriminator() -> Network {
        let shape = settings.discriminatorShape
        spectral?.normalize(iterations: 0)
        var parameters = (spectral?.normalized ?? players.discriminator.weights).values
        if shape.minibatchDeviation, let last = shape.layers.last {
            let weight = parameters.remove(at: last.weights + last.inputs - 1)
            parameters[parameters.count - 1] += weight * players.spread
        }
        return Network(shape: settings.frozenDiscriminatorShape, parameters: parameters)
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
