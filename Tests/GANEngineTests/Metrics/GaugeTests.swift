import GANEngine
import Testing

/// The metrics on real runs of the engine: the presets that the lessons speak of.
@Suite("Measuring real runs")
struct GaugeTests {
    /// Runs a preset, measuring every 250 steps as the lab would.
    private func run(_ name: String, steps: Int) throws -> (verdict: Verdict, last: Measurement, Gauge) {
        var recipe = try #require(Preset.named(name)).recipe
        // Whatever the defaults are, this is the game of which the outcome is known: Adam (0.5, 0.999), no penalty.
        recipe.settings.penalty.r1 = 0
        for optimizer in [\Settings.generator.optimizer, \Settings.discriminator.optimizer] {
            recipe.settings[keyPath: optimizer].beta1 = 0.5
            recipe.settings[keyPath: optimizer].beta2 = 0.999
        }
        let experiment = try Experiment(recipe)
        let gauge = Gauge(recipe.settings)
        var judge = Judge(gauge)
        while true {
            try experiment.run(steps: 250)
            let measurement = gauge.measure(experiment.snapshot())
            let verdict = judge.judge(measurement)
            if experiment.step >= steps { return (verdict, measurement, gauge) }
        }
    }

    @Test("the healthy game is learned: all modes, within three times the floor")
    func healthy() throws {
        let (verdict, last, gauge) = try run("healthy", steps: 3000)
        #expect(verdict.name == "learned")
        #expect(last.values[.modes] == 8 && last.values[.modesCaptured] == 8)
        #expect(last.values[.slicedWasserstein] < 3 * gauge.floors.median[.slicedWasserstein])
        #expect(last.values[.highQuality] > 0.4)
    }

    @Test("a generator ten times too fast covers few modes, wherever it is")
    func collapse() throws {
        let (verdict, last, _) = try run("collapse", steps: 1250)
        #expect(["collapsed", "hopping"].contains(verdict.name))
        #expect(last.values[.modes] <= 1 && last.values[.recall] < 0.2)
    }

    @Test("after D was trained alone, the saturating loss leaves no gradient; the other one does")
    func vanishing() throws {
        let (verdict, last, _) = try run("vanishing-gradient", steps: 2250)
        #expect(verdict.name == "vanished")
        #expect(last.values[.realAccuracy] == 1 && last.values[.fakeAccuracy] == 1)
        let (other, moved, _) = try run("gradient-kept", steps: 2250)
        #expect(other.name != "vanished")
        #expect(moved.values[.slicedWasserstein] < 0.5 * last.values[.slicedWasserstein])
    }

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
