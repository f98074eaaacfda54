import GANEngine
import Testing

/// Every loss, penalty, optimizer and remedy, against ``ReferenceStep``: double precision, central
/// differences.
@Suite struct StepTests {
    /// A step of small networks, warmed up so that optimizers remember something.
    private func errors(after steps: Int = 3, _ change: (inout Settings) -> Void) throws -> [String: Double] {
        var settings = Settings.plain
        settings.batch = 6
        settings.generator.hidden = [4, 3]
        settings.discriminator.hidden = [4, 3]
        settings.generator.activation = .tanh
        settings.discriminator.activation = .tanh
        settings.generator.optimizer.learningRate = 0.01
        settings.discriminator.optimizer.learningRate = 0.01
        change(&settings)
        let experiment = try Experiment(Recipe(settings: settings))
        try experiment.run(steps: steps)
        return ReferenceStep(following: try experiment.traceStep()).errors
    }

    private func expectAgreement(_ errors: [String: Double], within tolerance: Double = 1e-3) {
        #expect(errors.count >= 9)
        for (name, error) in errors { #expect(error < tolerance, "\(name)") }
    }

    @Test(arguments: LossKind.allCases, Activation.allCases)
    func `every loss has the right gradients through every activation`(loss: LossKind, activation: Activation)
        throws
    {
        expectAgreement(
            try errors {
                $0.loss.kind = loss
                $0.generator.activation = activation
                $0.discriminator.activation = activation
            })
    }

    @Test(arguments: LossKind.allCases, Activation.allCases)
    func `every penalty has the right gradients through every activation`(
        loss: LossKind, activation: Activation
    ) throws {
        for penalty in [\PenaltySettings.r1, \.r2, \.gradient] {
            expectAgreement(
                try errors {
                    $0.loss.kind = loss
                    $0.discriminator.activation = activation
                    $0.penalty[keyPath: penalty] = 2
                })
        }
    }

    @Test(arguments: OptimizerKind.allCases, Schedule.allCases)
    func `every optimizer follows its formula and its schedule`(kind: OptimizerKind, schedule: Schedule)
        throws
    {
        for nesterov in [false, true] {
            expectAgreement(
                try errors(after: 7) {
                    $0.generator.optimizer.kind = kind
                    $0.discriminator.optimizer.kind = kind
                    $0.generator.optimizer.nesterov = nesterov
                    $0.discriminator.optimizer.schedule = schedule
                    $0.discriminator.optimizer.period = 3
                    $0.discriminator.updates = 2
                    $0.generator.updates = 2
                })
        }
    }

    @Test(arguments: [false, true], [Activation.tanh, .relu])
    func `least squares sees the logit or the probability, and so do its penalties`(
        onProbability: Bool, activation: Activation
    ) throws {
        for (r1, gradient) in [(0.0, 0.0), (2, 0), (0, 2)] {
            expectAgreement(
                try errors {
                    $0.loss.kind = .leastSquares
                    $0.loss.leastSquaresOnProbability = onProbability
                    $0.loss.leastSquaresScale = 1
                    $0.loss.smoothReal = 0.1
                    $0.discriminator.activation = activation
                    $0.penalty.r1 = r1
                    $0.penalty.gradient = gradient
                })
        }
    }

    @Test(arguments: [LossKind.minimax, .nonSaturating, .leastSquares])
    func `labels are smoothed on one side or both, and the real term is weighted`(loss: LossKind) throws {
        expectAgreement(
            try errors {
                $0.loss.kind = loss
                $0.loss.realWeight = 0.95
                $0.loss.smoothReal = 0.1
                $0.loss.smoothFake = 0.05
            })
    }

    @Test func `weights are clipped after each of D's updates`() throws {
        expectAgreement(
            try errors {
                $0.loss.kind = .wasserstein
                $0.penalty.weightClip = 0.3
                $0.discriminator.updates = 3
            })
    }

    @Test(arguments: [0.0, 2])
    func `spectral normalisation divides by the singular value and differentiates through it`(r1: Double)
        throws
    {
        expectAgreement(
            try errors {
                $0.loss.kind = .hinge
                $0.discriminator.spectralNormalization = true
                $0.penalty.r1 = r1
                $0.discriminator.updates = 2
            })
    }

    @Test(arguments: [[4, 3], [4], []], [0.0, 2])
    func `the minibatch's spread is a feature that gradients flow through, twice`(hidden: [Int], r1: Double)
        throws
    {
        expectAgreement(
            try errors {
                $0.discriminator.hidden = hidden
                $0.discriminator.minibatchStandardDeviation = true
                $0.penalty.r1 = r1
            })
    }

    @Test(arguments: [2, 3])
    func `packs are judged together, and each member gets its gradient back`(packing: Int) throws {
        expectAgreement(
            try errors {
                $0.discriminator.packing = packing
                $0.penalty.gradient = 1
                $0.noise.dimension = 3
            })
    }

    @Test func `instance noise is added to all that D sees and fades`() throws {
        expectAgreement(
            try errors {
                $0.penalty.instanceNoise = 0.5
                $0.penalty.instanceNoiseSteps = 10
                $0.penalty.r1 = 1
            })
    }

    @Test func `the generator's average follows its weights`() throws {
        expectAgreement(
            try errors {
                $0.generator.average = 0.9
                $0.generator.updates = 2
            })
    }

    @Test(arguments: OptimizerKind.allCases)
    func `the generator's gradient goes through unrolled updates of D`(kind: OptimizerKind) throws {
        for spread in [false, true] {
            expectAgreement(
                try errors {
                    $0.discriminator.unrolling = 2
                    $0.discriminator.optimizer.kind = kind
                    $0.discriminator.optimizer.learningRate =
                        kind == .sgd ? 0.5 : kind == .momentum ? 0.1 : 0.05
                    $0.discriminator.optimizer.nesterov = spread
                    $0.discriminator.optimizer.epsilon = 1e-3
                    $0.discriminator.minibatchStandardDeviation = spread
                    $0.penalty.r1 = spread ? 1 : 0
                }, within: 3e-3)
        }
    }

    @Test func `the gradient goes through unrolled updates of a D that is a line and sees the spread`() throws
    {
        expectAgreement(
            try errors {
                $0.discriminator.hidden = []
                $0.discriminator.unrolling = 2
                $0.discriminator.minibatchStandardDeviation = true
                $0.penalty.gradient = 1
            }, within: 3e-3)
    }

    @Test func `a D that looks ahead sees instance noise on reals as on fakes`() throws {
        var settings = Settings.plain
        settings.target = .named(.point)
        settings.discriminator.unrolling = 2
        settings.penalty.instanceNoise = 0.5
        let trace = try Experiment(Recipe(settings: settings)).traceStep()
        let real = try #require(trace.generator.first).real.flatMap { $0 }
        let deviation = (real.map { $0 * $0 }.reduce(0, +) / Float(real.count)).squareRoot()
        #expect(abs(deviation - 0.5) < 0.1, "\(deviation)")
        expectAgreement(
            try errors {
                $0.discriminator.unrolling = 2
                $0.penalty.instanceNoise = 0.5
            }, within: 3e-3)
    }

    /// Shapes on both sides of every boundary of the kernels: vectors, register blocks, tiles.
    @Test(arguments: [[1], [17], [33, 2], [9, 40], [16, 16], [1, 8, 20], []], [1, 33, 70])
    func `every shape and batch size is computed in full`(hidden: [Int], batch: Int) throws {
        expectAgreement(
            try errors(after: 1) {
                $0.batch = batch
                $0.generator.hidden = hidden
                $0.discriminator.hidden = hidden
                $0.discriminator.activation = .leakyReLU
                $0.noise.dimension = batch == 33 ? 19 : 2
                $0.penalty.r1 = batch == 33 ? 1 : 0
            })
    }
}

extension Settings {
    /// Settings that say themselves what matters here, whatever the defaults are.
    static var plain: Settings {
        var settings = Settings(.first)
        settings.penalty.r1 = 0
        for player in [\Settings.generator.optimizer, \Settings.discriminator.optimizer] {
            settings[keyPath: player].kind = .adam
            settings[keyPath: player].learningRate = 0.002
            settings[keyPath: player].beta1 = 0.5
            settings[keyPath: player].beta2 = 0.999
        }
        return settings
    }
}
