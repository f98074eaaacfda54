/// Everything about an experiment that can be chosen, except what changes while it runs (see ``Recipe``).
///
/// A plain value: `Schema` names each property, says its range, its default and what it does, and is the only
/// way in from outside (JSON, a link, a control on the page).
public struct Settings: Hashable, Sendable {
    /// Seeds every random stream of the experiment.
    public var seed: UInt32 = 1
    /// The distribution the generator is to imitate.
    public var target: Target = .named(.ring)
    /// Where the generator's input comes from.
    public var noise = NoiseSettings()
    /// The network that turns latent noise into fake samples.
    public var generator = GeneratorSettings()
    /// The network that tells real samples from fake ones.
    public var discriminator = DiscriminatorSettings()
    /// What the two networks minimise.
    public var loss = LossSettings()
    /// What is added to the discriminator's loss.
    public var penalty = PenaltySettings()
    /// Real samples, and fake samples, in one update.
    public var batch: Int = 128
    /// What the networks measure the plane in.
    public var coordinates: Coordinates = .picture

    /// The defaults of today: those of ``RecipeVersion/current``.
    public init() {}
}

/// What the networks measure the plane in. Everybody else measures in the data's own coordinates.
public enum Coordinates: String, CaseIterable, Hashable, Sendable {
    /// The data's own.
    case data
    /// Those in which the picture of the target is a square around the origin, as large as the fakes of an untrained
    /// generator need. Does nothing for a generator whose output is bounded.
    case picture
}

/// Latent noise z.
public struct NoiseSettings: Hashable, Sendable {
    /// How many numbers one latent vector holds.
    public var dimension: Int = 2
    /// What each number is drawn from.
    public var distribution: NoiseDistribution = .gaussian
}

/// What each coordinate of the latent noise is drawn from.
public enum NoiseDistribution: String, CaseIterable, Hashable, Sendable {
    /// Uniform on [0, 1), as in GAN Lab.
    case uniform
    /// Standard normal.
    case gaussian
    /// Normal with mean 0.5 and standard deviation 0.25, redrawn beyond two standard deviations, as in GAN Lab.
    case truncated
}

/// The generator.
public struct GeneratorSettings: Hashable, Sendable {
    /// Neurons of each hidden layer, first to last.
    public var hidden: [Int] = [32, 32]
    /// Applied after every hidden layer.
    public var activation: Activation = .leakyReLU
    /// Applied after the last layer, to the sample's coordinates.
    public var output: GeneratorOutput = .linear
    /// Where the weights start.
    public var initializer: Initializer = .glorot
    /// How the weights move.
    public var optimizer = OptimizerSettings()
    /// Updates of the generator in one step.
    public var updates: Int = 1
    /// Decay of the exponential moving average of the weights that the views show; 0 shows the weights themselves.
    public var average: Double = 0.998
}

/// The discriminator.
public struct DiscriminatorSettings: Hashable, Sendable {
    /// Neurons of each hidden layer, first to last.
    public var hidden: [Int] = [32, 32]
    /// Applied after every hidden layer.
    public var activation: Activation = .leakyReLU
    /// Where the weights start.
    public var initializer: Initializer = .glorot
    /// How the weights move.
    public var optimizer = OptimizerSettings()
    /// Updates of the discriminator in one step.
    public var updates: Int = 1
    /// Divides every weight matrix by its largest singular value (Miyato et al. 2018).
    public var spectralNormalization = false
    /// Hands the last hidden layer the spread of the minibatch (Karras et al. 2018).
    public var minibatchStandardDeviation = false
    /// Samples judged together, PacGAN's m (Lin et al. 2018).
    public var packing: Int = 1
    /// Discriminator updates the generator looks ahead (Metz et al. 2017); 0 is off.
    public var unrolling: Int = 0
}

/// An activation function, applied elementwise.
public enum Activation: String, CaseIterable, Hashable, Sendable {
    case relu, leakyReLU, tanh, sigmoid, elu, softplus, sine
}

/// What turns the generator's last layer into a sample.
public enum GeneratorOutput: String, CaseIterable, Hashable, Sendable {
    case tanh, sigmoid, linear
}

/// Where weights start. Biases start at 0.
public enum Initializer: String, CaseIterable, Hashable, Sendable {
    /// GAN Lab's: standard deviation 1/√2 in the first layer, 1/√n after.
    case ganLab
    /// Glorot and Bengio 2010, normal: variance 2 / (fan-in + fan-out).
    case glorot
    /// He et al. 2015, normal: variance 2 / fan-in.
    case he
}

/// How weights move along a gradient.
public struct OptimizerSettings: Hashable, Sendable {
    /// The rule that it follows.
    public var kind: OptimizerKind = .adam
    /// η, before any schedule.
    public var learningRate: Double = 0.003
    /// Momentum's μ.
    public var momentum: Double = 0.9
    /// Whether momentum looks ahead (Nesterov).
    public var nesterov = false
    /// RMSProp's ρ.
    public var rho: Double = 0.99
    /// Adam's β₁.
    public var beta1: Double = 0
    /// Adam's β₂.
    public var beta2: Double = 0.9
    /// ε of RMSProp and Adam, outside the root, after the bias correction.
    public var epsilon: Double = 1e-8
    /// How η changes with the step.
    public var schedule: Schedule = .cosine
    /// Steps to the end of a cosine, or between two drops of a stepwise schedule.
    public var period: Int = 15_000
    /// What the learning rate ends at (cosine) or is multiplied by at each drop (stepwise), relative to its start.
    public var factor: Double = 0.05
}

/// An optimizer.
public enum OptimizerKind: String, CaseIterable, Hashable, Sendable {
    case sgd, momentum, rmsprop, adam
}

/// How the learning rate changes with the step.
public enum Schedule: String, CaseIterable, Hashable, Sendable {
    case constant, cosine, stepwise
}

/// What keeps the discriminator in check.
public struct PenaltySettings: Hashable, Sendable {
    /// γ of R1: γ/2 · mean ‖∇D‖² on real samples (Mescheder et al. 2018); 0 is off.
    public var r1: Double = 0.2
    /// γ of R2: the same on fake samples; 0 is off.
    public var r2: Double = 0
    /// λ of the gradient penalty λ · mean (‖∇D‖ − target)² between real and fake (Gulrajani et al. 2017); 0 is off.
    public var gradient: Double = 0
    /// The norm that the gradient penalty aims at.
    public var gradientTarget: Double = 1
    /// Weights and biases of D are clipped to ± this after each of its updates (Arjovsky et al. 2017); 0 is off.
    public var weightClip: Double = 0
    /// σ of the Gaussian noise added to every sample that D sees (Sønderby et al. 2017); 0 is off.
    public var instanceNoise: Double = 0
    /// Steps in which instance noise falls linearly to nothing; 0 keeps it.
    public var instanceNoiseSteps: Int = 0
}
