import GANEngine
import Testing

/// What slow motion tells of a step.
@Suite struct StepExplanationTests {
    private func settings(_ change: (inout Settings) -> Void = { _ in }) -> Settings {
        var settings = Settings()
        settings.generator.hidden = [8]
        settings.discriminator.hidden = [8]
        settings.batch = 40
        change(&settings)
        return settings
    }

    /// Looking never changes training, whatever the settings make a step do.
    @Test(arguments: ["plain", "spectral", "unrolled"])
    func anExplainedStepIsTheStepThatWouldHaveBeenRun(kind: String) throws {
        let settings = settings {
            guard kind != "plain" else { return }
            $0.discriminator.spectralNormalization = kind == "spectral"
            $0.discriminator.unrolling = kind == "unrolled" ? 2 : 0
            $0.discriminator.updates = 2
            $0.generator.average = 0.9
            $0.penalty.r1 = 1
            $0.penalty.instanceNoise = 0.1
        }
        let watched = try Experiment(Recipe(settings: settings))
        let plain = try Experiment(Recipe(settings: settings))
        try watched.run(steps: 5)
        _ = try watched.explainStep()
        try watched.run(steps: 5)
        try plain.run(steps: 11)
        #expect(watched.checkpoint() == plain.checkpoint())
    }

    @Test func everyUpdateIsTold() throws {
        let experiment = try Experiment(
            Recipe(
                settings: settings {
                    $0.discriminator.updates = 3
                    $0.generator.updates = 2
                }))
        let explanation = try experiment.explainStep()
        #expect(explanation.step == 0 && experiment.step == 1)
        #expect(
            explanation.updates.map(\.player)
                == [.discriminator, .discriminator, .discriminator, .generator, .generator])
        #expect(explanation.updates.map { $0.real != nil } == [true, true, true, false, false])
        #expect(explanation.updates[2].loss == experiment.losses.discriminator)
        #expect(explanation.updates[4].loss == experiment.losses.generator)
    }

    @Test func onlyOneNetworksTurnIsToldWhereOnlyOneHasATurn() throws {
        let experiment = try Experiment(Recipe(settings: settings()))
        try experiment.edit(.only(.generator))
        let explanation = try experiment.explainStep()
        #expect(explanation.updates.map(\.player) == [.generator])
    }

    /// The same step as the trace has it, in full.
    @Test func theNumbersFollowFromTheTrace() throws {
        let settings = settings {
            $0.penalty.r1 = 1
            $0.discriminator.optimizer.kind = .sgd
            $0.discriminator.optimizer.learningRate = 0.1
        }
        let trace = try Experiment(Recipe(settings: settings)).traceStep()
        let explanation = try Experiment(Recipe(settings: settings)).explainStep()
        let (update, expected) = (explanation.updates[0], trace.discriminator[0])
        #expect(update.loss == expected.loss)
        #expect(update.penalty == expected.penalty && update.penalty > 0)
        #expect(update.gradientNorm.isNear(expected.gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()))
        #expect(update.updateNorm.isNear(0.1 * update.gradientNorm))

        let judge = Network(
            shape: settings.discriminatorShape, parameters: trace.before.discriminator.weights)
        let outputs = judge.outputs(Batch(expected.real.map { Point($0[0], $0[1]) })).column(0)
        let real = try #require(update.real)
        #expect(real.output.isNear(outputs.reduce(0, +) / 40))
        #expect(real.score.isNear(sigmoid(outputs).reduce(0, +) / 40))
    }

    @Test func betweenTheTurnsTheDiscriminatorHasLearnedAndTheGeneratorHasNot() throws {
        let experiment = try Experiment(Recipe(settings: settings()))
        try experiment.run(steps: 3)
        let before = experiment.snapshot()
        let between = try experiment.explainStep().between
        let after = experiment.snapshot()
        #expect(between.generator == before.generator)
        #expect(between.discriminator == after.discriminator)
        #expect(between.discriminator != before.discriminator && after.generator != before.generator)
        #expect(between.step == 3)
    }
}

extension Float {
    func isNear(_ other: Float) -> Bool { abs(self - other) <= 1e-4 * max(abs(self), abs(other)) }
}
