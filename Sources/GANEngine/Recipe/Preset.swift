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

    // MARK: - Trained starts

    /// On GAN Lab's four targets (Kahng et al. 2018). With its own networks and settings, most seeds of the line and of the
    /// three clusters do not come near the target; under the defaults all do.
    private static let ganLab: [Preset] = [.line, .gaussians, .ring, .disjoint].map {
        trained($0, for: 10_000)
    }

    private static func trained(_ target: NamedTarget, for steps: Int) -> Preset {
        var settings = Settings()
        settings.target = .named(target)
        return Preset(
            name: "ganlab-\(target.rawValue)", label: "GAN Lab: \(target.about.label.lowercased())",
            help: "Trained for \(steps) steps with this lab's default settings.",
            recipe: Recipe(settings: settings), step: steps)
    }

    // MARK: - What the lessons show

    private static let lessons: [Preset] = [
        healthy,
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
            "A generator five times too fast, with momentum: all fakes are close together, on one mode at most."
        ) {
            $0.target = .mixture(circle(radius: 2, deviation: 0.02))
            $0.generator.optimizer.learningRate = 0.005
            $0.generator.optimizer.beta1 = 0.9
            $0.discriminator.optimizer.beta1 = 0.9
        },
        lesson("small-discriminator", "A small discriminator", "Four neurons cannot tell eight modes apart.")
        {
            $0.seed = 7  // Under most others the fakes leave the picture.
            $0.discriminator.hidden = [4]
        },
        lesson(
            "hopping", "Hopping from mode to mode",
            "On a wide circle, G is updated five times as often: when D rejects a mode, the fakes move to another."
        ) {
            $0.target = .mixture(circle(radius: 2, deviation: 0.02))
            $0.generator.updates = 5
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

    /// The defaults, on the mixture that the others fail on.
    private static var healthy: Preset {
        var settings = Settings()
        settings.target = .mixture(circle(radius: 1, deviation: 0.02))
        return Preset(
            name: "healthy", label: "A healthy game",
            help: "All eight modes are found by step 2,000, and learned well by step 20,000.",
            recipe: Recipe(settings: settings), step: 0)
    }

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
