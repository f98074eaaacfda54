/// Every setting of an experiment, once: validation, JSON, links, the page's controls and the documentation all
/// read this table.
public enum Schema {
    /// In the order in which a page would show them.
    public static let fields: [Field] =
        experiment + noise + generator + discriminator + loss + penalty

    /// The setting of this name.
    public static func field(_ path: String) -> Field? { byPath[path] }

    /// The lab's own targets, with what a person calls them.
    public static let targets: [Choice] = NamedTarget.choices

    private static let byPath = Dictionary(uniqueKeysWithValues: fields.map { ($0.path, $0) })

    private static let experiment: [Field] = [
        .target(
            "target", \.target, "Distribution",
            "The distribution of real samples that the generator learns to imitate."),
        .integer(
            "seed", \.seedNumber, Bounds.seed, "Seed", restarts: true,
            "Every random number comes from it: the same seed gives the same run, bit for bit."),
        .integer(
            "batch", \.batch, Bounds.batch, "Minibatch",
            "Real samples, and fake samples, that one update looks at."),
        .choice(
            "coordinates", \.coordinates, "Coordinates", restarts: true,
            "What the networks measure in; penalties and instance noise count in it too. A bounded output keeps the data's."
        ),
    ]

    private static let noise: [Field] = [
        .integer(
            "noise.dimension", \.noise.dimension, Bounds.noiseDimension, "Noise dimensions", restarts: true,
            "How many random numbers the generator turns into one sample."),
        .choice(
            "noise.distribution", \.noise.distribution, "Noise", restarts: true,
            "What the generator's random numbers are drawn from."),
    ]

    private static let generator: [Field] =
        [
            .widths(
                "generator.hidden", \.generator.hidden, "Hidden layers",
                "Neurons of each hidden layer of the generator, first to last."),
            .choice(
                "generator.activation", \.generator.activation, "Activation",
                "What bends the generator's layers; without it the generator could only stretch and turn its noise."
            ),
            .choice(
                "generator.output", \.generator.output, "Output",
                "What turns the generator's last layer into a point of the plane."),
            .choice(
                "generator.initializer", \.generator.initializer, "Initial weights", restarts: true,
                "How far from zero the generator's weights start."),
            .integer(
                "generator.updates", \.generator.updates, Bounds.updates, "Updates per step",
                "How often the generator learns in one step."),
        ] + optimizer(of: .generator) + [
            .number(
                "generator.average", \.generator.average, 0.5...0.9999, "Weight average", zero: true,
                formula: "w̄ ← α·w̄ + (1 − α)·w",
                "Shows the generator with averaged weights, which smooths its swings; 0 shows the weights themselves."
            )
        ]

    private static let discriminator: [Field] =
        [
            .widths(
                "discriminator.hidden", \.discriminator.hidden, "Hidden layers",
                "Neurons of each hidden layer of the discriminator, first to last."),
            .choice(
                "discriminator.activation", \.discriminator.activation, "Activation",
                "What bends the discriminator's layers, so that its border between real and fake can curve."),
            .choice(
                "discriminator.initializer", \.discriminator.initializer, "Initial weights", restarts: true,
                "How far from zero the discriminator's weights start."),
            .integer(
                "discriminator.updates", \.discriminator.updates, Bounds.updates, "Updates per step",
                "How often the discriminator learns in one step."),
        ] + optimizer(of: .discriminator) + [
            .flag(
                "discriminator.spectralNormalization", \.discriminator.spectralNormalization,
                "Spectral normalisation", restarts: true, formula: "W ← W / σ(W)",
                "Divides every weight matrix by its largest singular value, so that D cannot become steep."),
            .flag(
                "discriminator.minibatchStandardDeviation", \.discriminator.minibatchStandardDeviation,
                "Minibatch spread", restarts: true,
                "Lets D see how varied its minibatch is, so that a generator stuck on one mode is caught."),
            .integer(
                "discriminator.packing", \.discriminator.packing, Bounds.packing, "Packing", restarts: true,
                formula: "D(x₁, …, xₘ)",
                "PacGAN: D judges this many samples together, so that copies give a fake away."),
            .integer(
                "discriminator.unrolling", \.discriminator.unrolling, Bounds.unrolling, "Unrolling",
                formula: "θ_D^(k+1) = θ_D^(k) − η ∇L_D",
                "Unrolled GAN: G plays against the D of this many updates later; 0 is off."),
        ]

    private static let loss: [Field] = [
        .choice("loss.kind", \.loss.kind, "Loss", "What each network tries to make small."),
        .number(
            "loss.realWeight", \.loss.realWeight, 0.1...2, "Weight of real samples",
            formula: "L_D = −(w·mean log D(x) + mean log(1 − D(G(z))))",
            "Weight of the real samples in D's log loss; GAN Lab uses 0.95."
        )
        .onlyUnder("loss.kind", LossKind.allCases.filter(\.isLogarithmic)),
        .number(
            "loss.smoothReal", \.loss.smoothReal, 0...0.45, "Smooth real labels", formula: "1 → 1 − s",
            "One-sided label smoothing: D is told that real samples are this much less than certain. Hinge and Wasserstein have no labels."
        )
        .onlyUnder("loss.kind", LossKind.allCases.filter(\.hasLabels)),
        .number(
            "loss.smoothFake", \.loss.smoothFake, 0...0.45, "Smooth fake labels", formula: "0 → s",
            "The other side of label smoothing: fakes may be a little real. Hinge and Wasserstein have no labels."
        )
        .onlyUnder("loss.kind", LossKind.allCases.filter(\.hasLabels)),
        .number(
            "loss.leastSquaresScale", \.loss.leastSquaresScale, 0.1...2, "Least squares factor",
            formula: "L_D = c·(mean (D(x) − 1)² + mean D(G(z))²)",
            "Factor of the least squares loss: ½ in the paper, 1 in GAN Lab."
        )
        .onlyUnder("loss.kind", [LossKind.leastSquares]),
        .flag(
            "loss.leastSquaresOnProbability", \.loss.leastSquaresOnProbability,
            "Least squares on probability",
            "Whether least squares compares D's probability (GAN Lab) or its raw score (the paper) with the label."
        )
        .onlyUnder("loss.kind", [LossKind.leastSquares]),
    ]

    private static let penalty: [Field] = [
        .number(
            "penalty.r1", \.penalty.r1, 1e-4...1e3, "R1 (γ)", logarithmic: true, zero: true,
            formula: "γ/2 · mean ‖∇D(x)‖², x real",
            "Keeps D flat where the real samples are; the remedy with a proof of convergence. 0 is off."),
        .number(
            "penalty.r2", \.penalty.r2, 1e-4...1e3, "R2 (γ)", logarithmic: true, zero: true,
            formula: "γ/2 · mean ‖∇D(x)‖², x fake",
            "Keeps D flat where the fake samples are. 0 is off."),
        .number(
            "penalty.gradient", \.penalty.gradient, 1e-4...1e3, "Gradient penalty (λ)", logarithmic: true,
            zero: true,
            formula: "λ · mean (‖∇D(x̂)‖ − t)², x̂ between real and fake",
            "Holds D's slope between real and fake near a target; WGAN-GP needs it. 0 is off."),
        .number(
            "penalty.gradientTarget", \.penalty.gradientTarget, 0...10, "Gradient target (t)",
            "The slope that the gradient penalty aims at."
        )
        .onlyWith("penalty.gradient"),
        .number(
            "penalty.weightClip", \.penalty.weightClip, 1e-4...10, "Weight clip", logarithmic: true,
            zero: true,
            formula: "w ← clip(w, −c, c)",
            "Cuts every weight of D to ± this after each update, as the first Wasserstein GAN did. 0 is off."),
        .number(
            "penalty.instanceNoise", \.penalty.instanceNoise, 1e-3...10, "Instance noise (σ)",
            logarithmic: true,
            zero: true, formula: "x + σ·ε",
            "Blurs every sample that D sees, so that real and fake overlap. 0 is off."),
        .integer(
            "penalty.instanceNoiseSteps", \.penalty.instanceNoiseSteps, Bounds.steps, "Noise fades over",
            "Steps in which the instance noise fades to nothing; 0 keeps it."
        )
        .onlyWith("penalty.instanceNoise"),
    ]

    private static func optimizer(of player: Player) -> [Field] {
        func name(_ field: String) -> String { "\(player).optimizer.\(field)" }
        return [
            .choice(
                name("kind"), \.[optimizer: player].kind, "Optimizer",
                "How the weights move along a gradient."),
            .number(
                name("learningRate"), \.[optimizer: player].learningRate, 1e-6...10, "Learning rate",
                logarithmic: true,
                formula: "w ← w − η·∇L", "How far the weights move in one update."),
            .number(
                name("momentum"), \.[optimizer: player].momentum, 0...0.999, "Momentum (μ)",
                formula: "v ← μ·v + ∇L",
                "How much of the last move is kept; used by the momentum optimizer."
            )
            .onlyUnder(name("kind"), [OptimizerKind.momentum]),
            .flag(
                name("nesterov"), \.[optimizer: player].nesterov, "Nesterov", formula: "w ← w − η·(∇L + μ·v)",
                "Looks ahead along the momentum before moving; used by the momentum optimizer."
            )
            .onlyUnder(name("kind"), [OptimizerKind.momentum]),
            .number(
                name("rho"), \.[optimizer: player].rho, 0...0.9999, "RMSProp (ρ)",
                formula: "v ← ρ·v + (1 − ρ)·∇L²",
                "How slowly RMSProp forgets the size of old gradients."
            )
            .onlyUnder(name("kind"), [OptimizerKind.rmsprop]),
            .number(
                name("beta1"), \.[optimizer: player].beta1, 0...0.999, "Adam (β₁)",
                formula: "m ← β₁·m + (1 − β₁)·∇L",
                "Adam's momentum. High values make the two networks circle each other."
            )
            .onlyUnder(name("kind"), [OptimizerKind.adam]),
            .number(
                name("beta2"), \.[optimizer: player].beta2, 0...0.9999, "Adam (β₂)",
                formula: "v ← β₂·v + (1 − β₂)·∇L²",
                "How slowly Adam forgets the size of old gradients."
            )
            .onlyUnder(name("kind"), [OptimizerKind.adam]),
            .number(
                name("epsilon"), \.[optimizer: player].epsilon, 1e-12...1, "ε", logarithmic: true,
                formula: "w ← w − η·m̂ / (√v̂ + ε)", "Keeps RMSProp and Adam from dividing by zero."
            )
            .onlyUnder(name("kind"), [OptimizerKind.rmsprop, .adam]),
            .choice(
                name("schedule"), \.[optimizer: player].schedule, "Schedule",
                "How the learning rate changes over time."),
            .integer(
                name("period"), \.[optimizer: player].period, 1...Bounds.steps.upperBound, "Schedule period",
                "Steps to the end of a cosine, or between two drops."
            )
            .onlyUnder(name("schedule"), [Schedule.cosine, .stepwise]),
            .number(
                name("factor"), \.[optimizer: player].factor, 0...1, "Schedule factor",
                "What a cosine ends at, or what each drop multiplies by, relative to the learning rate."
            )
            .onlyUnder(name("schedule"), [Schedule.cosine, .stepwise]),
        ]
    }
}

extension Settings {
    /// The seed as the schema's integers see it.
    var seedNumber: Int {
        get { Int(seed) }
        set { seed = UInt32(newValue) }
    }
}

extension Settings {
    /// The optimizer of one network.
    subscript(optimizer player: Player) -> OptimizerSettings {
        get { player == .generator ? generator.optimizer : discriminator.optimizer }
        set {
            switch player {
            case .generator: generator.optimizer = newValue
            case .discriminator: discriminator.optimizer = newValue
            }
        }
    }
}
