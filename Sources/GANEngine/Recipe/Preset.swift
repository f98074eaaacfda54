/// A ready-made experiment: a recipe worth looking at, and how far to run it first.
public struct Preset: Sendable {
    /// Stable name, as in a link.
    public let name: String
    /// What a person calls it.
    public let label: String
    /// One sentence: what to look for.
    public let help: String
    /// The experiment, from its seed on.
    public let recipe: Recipe
    /// Steps to run before it is shown; 0 starts from untrained networks.
    public let step: Int
}

extension Preset {
    /// GAN Lab's four trained starts, healthy runs, and the ways to fail that the lessons speak of.
    public static let all: [Preset] = ganLab + lessons

    /// The preset of this name.
    public static func named(_ name: String) -> Preset? { all.first { $0.name == name } }

    // MARK: - GAN Lab's trained starts (Kahng et al. 2018)

    private static let ganLab: [Preset] = [
        classic(
            .line, step: 466, noise: .uniform, generator: [5, 5], discriminator: [6, 6], rates: (0.03, 0.01),
            2),
        classic(
            .gaussians, step: 1931, noise: .truncated, generator: [8, 8], discriminator: [8, 8],
            rates: (0.1, 0.03), 2),
        classic(
            .ring, step: 812, noise: .uniform, generator: [10, 10], discriminator: [9, 9, 9],
            rates: (0.1, 0.03), 3),
        classic(
            .disjoint, step: 1710, noise: .truncated, generator: [10, 10, 10], discriminator: [11, 11, 11],
            rates: (0.1, 0.03), 1),
    ]

    private static func classic(
        _ target: NamedTarget, step: Int, noise: NoiseDistribution, generator: [Int], discriminator: [Int],
        rates: (discriminator: Double, generator: Double), _ discriminatorUpdates: Int
    ) -> Preset {
        var settings = Settings.ganLab
        settings.target = .named(target)
        settings.noise.distribution = noise
        settings.generator.hidden = generator
        settings.discriminator.hidden = discriminator
        settings.discriminator.optimizer.learningRate = rates.discriminator
        settings.generator.optimizer.learningRate = rates.generator
        settings.discriminator.updates = discriminatorUpdates
        return Preset(
            name: "ganlab-\(target.rawValue)", label: "GAN Lab: \(target.about.label.lowercased())",
            help: "GAN Lab's own networks and settings, trained for \(step) steps by this engine.",
            recipe: Recipe(settings: settings), step: step)
    }

    // MARK: - What the lessons show

    private static let lessons: [Preset] = [
        lesson("healthy", "A healthy game", "All eight modes are found, and both losses settle.") {
            $0.seed = 2  // Has all eight at step 750, where others lose some once more.
        },
        lesson(
            "momentum", "Too much momentum", "Adam's β₁ at 0.9: the networks overshoot, and modes get lost."
        ) {
            $0.seed = 3  // Some seeds get away with it.
            $0.generator.optimizer.beta1 = 0.9
            $0.discriminator.optimizer.beta1 = 0.9
        },
        lesson(
            "generator-leads", "The generator leads", "Five generator updates for each of D's: D must lead."
        ) {
            $0.generator.updates = 5
        },
        lesson(
            "collapse", "Mode collapse",
            "For four thousand steps a generator ten times too fast sits on one mode at a time, if on any."
        ) {
            $0.seed = 6  // One of those that find no second one for so long.
            $0.generator.optimizer.learningRate = 0.01
        },
        lesson("small-discriminator", "A small discriminator", "Four neurons cannot tell eight modes apart.")
        {
            $0.seed = 7  // Under most others the fakes leave the picture.
            $0.discriminator.hidden = [4]
        },
        lesson(
            "hopping", "Hopping from mode to mode",
            "After Metz et al. 2017: wide noise, a strong generator that never holds more than one mode."
        ) {
            // The paper's discriminator learns ten times slower, and its fakes spend most of their time far outside.
            $0.target = .mixture(circle(radius: 2, deviation: 0.02))
            $0.noise.dimension = 64
            $0.generator.hidden = [128, 128]
            $0.discriminator.hidden = [128]
            $0.generator.activation = .relu
            $0.discriminator.activation = .relu
            $0.batch = 256
        },
        vanishing(
            "vanishing-gradient", "The vanishing gradient", .minimax,
            "D was trained alone first; now G gets no gradient."),
        vanishing(
            "gradient-kept", "The gradient kept", .nonSaturating, "The same start, the other loss: G learns."
        ),
        lesson("too-much-penalty", "Too strong a remedy", "R1 at γ = 1 with momentum 0.9 blurs everything.") {
            $0.generator.optimizer.beta1 = 0.9
            $0.discriminator.optimizer.beta1 = 0.9
            $0.penalty.r1 = 1
        },
        Preset(
            name: "dirac", label: "The smallest game",
            help:
                "Two networks without hidden layers: the cloud swings past the one real point, and back, and never settles.",
            recipe: Recipe(settings: .dirac), step: 0),
    ]

    private static func lesson(
        _ name: String, _ label: String, _ help: String, _ change: (inout Settings) -> Void
    ) -> Preset {
        var settings = Settings.eightModes
        change(&settings)
        return Preset(name: name, label: label, help: help, recipe: Recipe(settings: settings), step: 0)
    }

    private static func vanishing(_ name: String, _ label: String, _ loss: LossKind, _ help: String) -> Preset
    {
        var settings = Settings.eightModes
        let far = MixtureComponent(mean: Point(3, 3), varianceX: 0.0004, varianceY: 0.0004)
        settings.target = .mixture([far])
        settings.loss.kind = loss
        settings.generator.updates = 0
        settings.generator.optimizer.kind = .sgd
        settings.generator.optimizer.learningRate = 0.02
        let timeline = [
            Edit(step: 2000, change: .set(path: "generator.updates", value: .number(1))),
            Edit(step: 2000, change: .set(path: "discriminator.optimizer.kind", value: .text("sgd"))),
            Edit(
                step: 2000, change: .set(path: "discriminator.optimizer.learningRate", value: .number(0.02))),
        ]
        return Preset(
            name: name, label: label, help: help, recipe: Recipe(settings: settings, timeline: timeline),
            step: 2000)
    }

    /// Eight equal Gaussians around the origin.
    fileprivate static func circle(radius: Float, deviation: Float) -> [MixtureComponent] {
        octagon.map {
            MixtureComponent(
                mean: Point(radius * $0.x, radius * $0.y), varianceX: deviation * deviation,
                varianceY: deviation * deviation)
        }
    }
}

extension Settings {
    /// What GAN Lab trains with, but for each target's own networks and rates.
    public static var ganLab: Settings {
        var settings = Settings(.first)
        settings.batch = 150
        settings.noise.distribution = .uniform
        settings.generator.hidden = [8, 8]
        settings.generator.activation = .relu
        settings.generator.output = .tanh
        settings.generator.initializer = .ganLab
        settings.generator.optimizer.kind = .sgd
        settings.generator.optimizer.learningRate = 0.03
        settings.discriminator.hidden = [8, 8]
        settings.discriminator.activation = .relu
        settings.discriminator.initializer = .ganLab
        settings.discriminator.optimizer.kind = .sgd
        settings.discriminator.optimizer.learningRate = 0.1
        settings.discriminator.updates = 2
        settings.loss.realWeight = 0.95
        settings.penalty.r1 = 0
        settings.loss.leastSquaresScale = 1
        settings.loss.leastSquaresOnProbability = true
        return settings
    }

    /// Eight Gaussians on a circle and networks that can learn them: what the lessons start from.
    fileprivate static var eightModes: Settings {
        var settings = Settings(.first)
        settings.target = .mixture(Preset.circle(radius: 1, deviation: 0.02))
        settings.generator.hidden = [64, 64]
        settings.discriminator.hidden = [64, 64]
        settings.generator.optimizer.beta1 = 0.5
        settings.generator.optimizer.beta2 = 0.999
        settings.discriminator.optimizer = settings.generator.optimizer
        settings.penalty.r1 = 0
        return settings
    }

    /// Dirac-GAN (Mescheder et al. 2018): the generator is a place, the discriminator one straight line. Here the place
    /// is a cloud's, of whose middle alone the Wasserstein loss is made; chance in the minibatches stretches it, slowly.
    fileprivate static var dirac: Settings {
        var settings = Settings(.first)
        settings.target = .named(.point)
        settings.loss.kind = .wasserstein
        settings.penalty.r1 = 0
        settings.generator.hidden = []
        settings.discriminator.hidden = []
        settings.generator.optimizer.kind = .sgd
        settings.generator.optimizer.learningRate = 0.1
        settings.discriminator.optimizer.kind = .sgd
        settings.discriminator.optimizer.learningRate = 0.1
        return settings
    }
}
