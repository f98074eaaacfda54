import GANEngine

/// What both ends of a link of version 1 know. Frozen: a change here breaks every link ever shared.
extension LinkTable {
    static let version1 = LinkTable(
        version: 1, recipes: .first, defaults: LinkTable1.defaults, words: LinkTable1.words)
}

enum LinkTable1 {
    /// The defaults when version 1 was published.
    static let defaults: [String: Value] = [
        "target": .text("ring"),
        "seed": .number(1),
        "batch": .number(128),
        "noise.dimension": .number(2),
        "noise.distribution": .text("gaussian"),
        "generator.hidden": .integers([32, 32]),
        "generator.activation": .text("leakyReLU"),
        "generator.output": .text("linear"),
        "generator.initializer": .text("glorot"),
        "generator.updates": .number(1),
        "generator.optimizer.kind": .text("adam"),
        "generator.optimizer.learningRate": .number(0.001),
        "generator.optimizer.momentum": .number(0.9),
        "generator.optimizer.nesterov": .flag(false),
        "generator.optimizer.rho": .number(0.99),
        "generator.optimizer.beta1": .number(0),
        "generator.optimizer.beta2": .number(0.99),
        "generator.optimizer.epsilon": .number(1e-8),
        "generator.optimizer.schedule": .text("constant"),
        "generator.optimizer.period": .number(10_000),
        "generator.optimizer.factor": .number(0.1),
        "generator.average": .number(0),
        "discriminator.hidden": .integers([32, 32]),
        "discriminator.activation": .text("leakyReLU"),
        "discriminator.initializer": .text("glorot"),
        "discriminator.updates": .number(1),
        "discriminator.optimizer.kind": .text("adam"),
        "discriminator.optimizer.learningRate": .number(0.001),
        "discriminator.optimizer.momentum": .number(0.9),
        "discriminator.optimizer.nesterov": .flag(false),
        "discriminator.optimizer.rho": .number(0.99),
        "discriminator.optimizer.beta1": .number(0),
        "discriminator.optimizer.beta2": .number(0.99),
        "discriminator.optimizer.epsilon": .number(1e-8),
        "discriminator.optimizer.schedule": .text("constant"),
        "discriminator.optimizer.period": .number(10_000),
        "discriminator.optimizer.factor": .number(0.1),
        "discriminator.spectralNormalization": .flag(false),
        "discriminator.minibatchStandardDeviation": .flag(false),
        "discriminator.packing": .number(1),
        "discriminator.unrolling": .number(0),
        "loss.kind": .text("nonSaturating"),
        "loss.realWeight": .number(1),
        "loss.smoothReal": .number(0),
        "loss.smoothFake": .number(0),
        "loss.leastSquaresScale": .number(0.5),
        "loss.leastSquaresOnProbability": .flag(false),
        "penalty.r1": .number(0.1),
        "penalty.r2": .number(0),
        "penalty.gradient": .number(0),
        "penalty.gradientTarget": .number(1),
        "penalty.weightClip": .number(0),
        "penalty.instanceNoise": .number(0),
        "penalty.instanceNoiseSteps": .number(0),
    ]

    /// Words of a link beside the settings' names.
    static let words = [
        "truncated", "uniform", "gaussian", "sine", "softplus", "elu", "sigmoid", "tanh", "relu",
        "leakyReLU", "linear", "he", "glorot", "ganLab", "stepwise", "cosine", "constant", "rmsprop",
        "momentum", "sgd", "adam", "minimax", "hinge", "nonSaturating", "leastSquares", "wasserstein",
        "point", "unbalanced", "disk", "pinwheel", "checkerboard", "sCurve", "spiral", "moons",
        "grid25", "disjoint", "gaussians", "line", "ring", "ring8",
    ]
}
