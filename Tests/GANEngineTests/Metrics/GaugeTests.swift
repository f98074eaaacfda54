import GANEngine
import Testing

/// The metrics on snapshots of the engine.
@Suite("Measuring a run")
struct GaugeTests {
    @Test("measuring changes nothing in training, and the same snapshot measures the same")
    func looking() throws {
        let recipe = Recipe(settings: Settings())
        let (watched, unwatched) = (try Experiment(recipe), try Experiment(recipe))
        let gauge = Gauge(recipe.settings)
        var measurements: [[Float]] = []
        for _ in 0..<4 {
            try watched.run(steps: 10)
            let values = gauge.measure(watched.snapshot()).values
            measurements.append(values.known.map { values[$0] })
        }
        try unwatched.run(steps: 40)
        #expect(watched.checkpoint() == unwatched.checkpoint())
        let again = Gauge(recipe.settings).measure(unwatched.snapshot()).values
        #expect(again.known.map { again[$0] } == measurements[3])
    }

    @Test("says how long the weights are, and how far the last step moved them")
    func lengths() throws {
        let experiment = try Experiment(Recipe())
        let gauge = Gauge(experiment.settings)
        #expect(gauge.measure(experiment.snapshot()).values[.generatorUpdate].isNaN)
        try experiment.run(steps: 4)
        let before = experiment.checkpoint().state
        try experiment.run(steps: 1)
        let after = experiment.checkpoint().state
        let values = gauge.measure(experiment.snapshot()).values
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
        let gauge = Gauge(settings)
        for kind in [
            MetricKind.kl, .js, .slicedWasserstein, .energyDistance, .mmd, .frechet, .precision, .recall,
        ] {
            let (median, high) = (gauge.floors.median[kind], gauge.floors.percentile95[kind])
            #expect(median.isFinite && median <= high, "\(kind)")
        }
        guard target != .point else { return }  // All of its samples are one.
        #expect(gauge.floors.median[.slicedWasserstein] > 0)
        #expect(gauge.floors.median[.slicedWasserstein] < 0.06 * gauge.targetVariance.squareRoot())
        #expect(gauge.floors.median[.outside] < 0.02)
        if let modes = gauge.modes { #expect(gauge.floors.median[.modes] == Float(modes)) }
    }
}
