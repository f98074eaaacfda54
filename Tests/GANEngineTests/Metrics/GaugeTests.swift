import GANEngine
import Testing

/// The metrics on snapshots of the engine.
@Suite("Measuring a run")
struct GaugeTests {
    @Test("measuring changes nothing in training, and the same snapshot measures the same")
    func looking() throws {
        let recipe = Recipe(settings: Settings())
        let (watched, unwatched) = (try Experiment(recipe), try Experiment(recipe))
        let evaluator = MetricEvaluator(recipe.settings)
        var measurements: [[Float]] = []
        for _ in 0..<4 {
            try watched.run(steps: 10)
            let values = evaluator.measure(watched.snapshot()).values
            measurements.append(values.known.map { values[$0] })
        }
        try unwatched.run(steps: 40)
        #expect(watched.checkpoint() == unwatched.checkpoint())
        let again = MetricEvaluator(recipe.settings).measure(unwatched.snapshot()).values
        #expect(again.known.map { again[$0] } == measurements[3])
    }

    @Test("says how long the weights are, and how far the last step moved them")
    func lengths() throws {
        let experiment = try Experiment(Recipe())
        let evaluator = MetricEvaluator(experiment.settings)
        #expect(evaluator.measure(experiment.snapshot()).values[.generatorUpdate].isNaN)
        try experiment.run(steps: 4)
        let before = experiment.checkpoint().state
        try experiment.run(steps: 1)
        let after = experiment.checkpoint().state
        let values = evaluator.measure(experiment.snapshot()).values
        #expect(values[.generatorNorm].isNear(length(after.generator.weights)))
        #expect(values[.discriminatorNorm].isNear(length(after.discriminator.weights)))
        #expect(
            values[.generatorUpdate].isNear(
                length(zip(after.generator.weights, before.generator.weights).map(-))))
        #expect(
            values[.discriminatorUpdate].isNear(
                length(zip(after.discriminator.weights, before.discriminator.weights).map(-))))

        let whole = try Experiment(Recipe())
        try whole.run(steps: 5)
        #expect(whole.snapshot().lengths.generator == experiment.snapshot().lengths.generator)
    }

    private func length(_ vector: [Float]) -> Float { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    @Test("every target has its floor", arguments: NamedTarget.allCases)
    func floors(target: NamedTarget) {
        var settings = Settings()
        settings.target = .named(target)
        let evaluator = MetricEvaluator(settings)
        for kind in [
            MetricKind.kl, .js, .slicedWasserstein, .energyDistance, .mmd, .frechet, .precision, .recall,
        ] {
            let (median, high) = (evaluator.floors.median[kind], evaluator.floors.percentile95[kind])
            #expect(median.isFinite && median <= high, "\(kind)")
        }
        guard target != .point else { return }  // All of its samples are one.
        #expect(evaluator.floors.median[.slicedWasserstein] > 0)
        #expect(evaluator.floors.median[.slicedWasserstein] < 0.06 * evaluator.targetVariance.squareRoot())
        #expect(evaluator.floors.median[.outside] < 0.02)
        if let modes = evaluator.modes { #expect(evaluator.floors.median[.modes] == Float(modes)) }
    }
}
