import GANEngine
import Testing

@Suite struct DivergenceStopTests {
    /// Least squares on logits with a rate far too high doubles its error every step.
    private var reckless: Settings {
        var settings = Settings.plain
        settings.loss.kind = .leastSquares
        settings.discriminator.optimizer.kind = .sgd
        settings.discriminator.optimizer.learningRate = 2
        return settings
    }

    @Test func `training stops at the step that diverges, with everything before it intact`() throws {
        let experiment = try Experiment(Recipe(settings: reckless))
        let divergence = try #require(throws: Divergence.self) { try experiment.run(steps: 5000) }
        #expect(experiment.step == divergence.step)
        let state = experiment.checkpoint().state
        let weights = state.generator.weights + state.discriminator.weights
        #expect(weights.allSatisfy { $0.isFinite })
        #expect(experiment.losses.discriminator.isFinite)

        let again = try Experiment(Recipe(settings: reckless))
        try again.run(steps: divergence.step)
        #expect(again.checkpoint() == experiment.checkpoint())
    }

    @Test func `it diverges again at the same step, until an edit takes it elsewhere`() throws {
        let experiment = try Experiment(Recipe(settings: reckless))
        let first = try #require(throws: Divergence.self) { try experiment.run(steps: 5000) }
        #expect(throws: first) { try experiment.run(steps: 1) }
        try experiment.edit(.only(.generator))
        try experiment.run(steps: 1)
        #expect(experiment.step == first.step + 1)
    }

    @Test func `the message names the step, the network and the cause`() throws {
        let experiment = try Experiment(Recipe(settings: reckless))
        let divergence = try #require(throws: Divergence.self) { try experiment.run(steps: 5000) }
        let start = "Diverged in step \(divergence.step + 1): the \(divergence.player.rawValue)'s loss"
        #expect("\(divergence)".hasPrefix(start))
    }
}
