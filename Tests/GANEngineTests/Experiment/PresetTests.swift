import GANEngine
import Testing

/// Every ready-made experiment does what its sentence says.
@Suite struct PresetTests {
    /// A preset run on from where it is shown, and measured as the lab would.
    private struct Film {
        let preset: Preset
        let seed: UInt32
        let evaluator: MetricEvaluator
        let frames: [Measurement]
        /// One a frame.
        let verdicts: [Verdict]

        init(_ name: String, steps: Int, seedOffset: UInt32 = 0) throws {
            preset = try #require(Preset.named(name))
            var recipe = preset.recipe
            recipe.settings.seed &+= seedOffset
            seed = recipe.settings.seed
            evaluator = MetricEvaluator(recipe.settings)
            let experiment = try Experiment(recipe)
            let tracker = VerdictTracker(evaluator)
            let end = preset.step + steps
            var milestones: [Measurement] = []
            var verdicts: [Verdict] = []
            repeat {
                try experiment.run(
                    steps: min(Milestones.distance(from: experiment.step), end - experiment.step))
                let measured = evaluator.measure(experiment.snapshot())
                verdicts.append(tracker.verdict(on: measured, after: milestones))
                milestones.append(measured)
            } while experiment.step < end
            let start = preset.step
            let shown = milestones.count { $0.step > start }
            frames = milestones.suffix(shown)
            self.verdicts = verdicts.suffix(shown)
        }

        var verdict: Verdict { verdicts[verdicts.count - 1] }

        var last: Measurement { frames[frames.count - 1] }
        var distance: Float { last.values[.slicedWasserstein] }
        var mostModes: Float { frames.map { $0.values[.modes] }.max() ?? .nan }
        /// Share of the fakes outside the picture, on average.
        var outside: Float { frames.map { $0.values[.outside] }.reduce(0, +) / Float(frames.count) }
    }

    @Test(arguments: ["ganlab-line", "ganlab-gaussians", "ganlab-ring", "ganlab-disjoint"])
    func `trained starts are near the target`(name: String) throws {
        let film = try Film(name, steps: 1)
        #expect(["learned", "close"].contains(film.verdict.name), "\(film.verdict)")
    }

    @Test(arguments: ["momentum", "generator-leads", "collapse", "small-discriminator", "hopping"])
    func `a broken game holds two modes at most, and is seen`(name: String) throws {
        let film = try Film(name, steps: 2000)
        #expect(film.mostModes <= 2)
        #expect(film.outside < 0.5)
        #expect(!["learned", "close", "missing"].contains(film.verdict.name), "\(film.verdict)")
    }

    @Test(arguments: ["collapse", "hopping"])
    func `under six of eight seeds a collapse is called one most of the time`(name: String) throws {
        let seeds = try (UInt32(0)..<8).count { seed in
            let verdicts = try Film(name, steps: 6000, seedOffset: seed).verdicts.map(\.name)
            return 2 * verdicts.count { ["collapsed", "hopping"].contains($0) } > verdicts.count
        }
        #expect(seeds >= 6)
    }

    @Test func `under eight seeds the healthy game is learned`() throws {
        for seed in UInt32(0)..<8 {
            let film = try Film("healthy", steps: 20_000, seedOffset: seed)
            #expect(film.verdict.name == "learned", "seed \(film.seed): \(film.verdict)")
            #expect(film.frames.allSatisfy { $0.step < 2_000 || $0.values[.modes] == 8 }, "seed \(film.seed)")
        }
    }

    @Test func `hopping goes from place to place`() throws {
        let means = try Film("hopping", steps: 2000).frames.map(\.moments.mean)
        let quadrants = Set(means.map { [$0.x > 0, $0.y > 0] })
        #expect(quadrants.count >= 3)
    }

    @Test func `after D was trained alone, one loss leaves no gradient and with the other G arrives`() throws
    {
        let vanishing = try Film("vanishing-gradient", steps: 1000)
        #expect(vanishing.verdict.name == "vanished")
        #expect(vanishing.last.values[.realAccuracy] == 1 && vanishing.last.values[.fakeAccuracy] == 1)
        let kept = try Film("gradient-kept", steps: 1000)
        #expect(kept.verdict.name != "vanished")
        #expect(kept.distance < 0.25 * vanishing.distance)
    }

    @Test func `too much penalty blurs everything`() throws {
        let film = try Film("too-much-penalty", steps: 2000)
        #expect(film.last.values[.highQuality] < 0.2 && film.mostModes <= 2)
        // As wide as the ring, where a collapse would be narrow.
        #expect(film.last.moments.totalVariance > 0.5 * film.evaluator.targetVariance)
    }

    @Test func `the smallest game swings for ever`() throws {
        let preset = try #require(Preset.named("dirac"))
        let experiment = try Experiment(preset.recipe)
        try experiment.run(steps: preset.step)
        let evaluator = MetricEvaluator(preset.recipe.settings)
        let places = try (0..<100).map { _ in
            try experiment.run(steps: 10)
            return evaluator.measure(experiment.snapshot()).moments.meanX
        }
        let turns = zip(places, places.dropFirst()).count { $0 * $1 < 0 }
        #expect(turns >= 15)
        let reach = { (part: ArraySlice<Double>) in part.map(abs).max() ?? 0 }
        #expect(reach(places.suffix(30)) > 0.5 * reach(places.prefix(30)))
    }

    @Test func `a lone cluster's picture holds the generator's start as well`() throws {
        let preset = try #require(Preset.named("gradient-kept"))
        let view = TargetSampler(preset.recipe.settings.target).view
        for corner in [Point(-1, -1), Point(1, 1), Point(3.06, 3.06)] {
            #expect(abs(corner.x - view.centre.x) <= view.halfExtent)
            #expect(abs(corner.y - view.centre.y) <= view.halfExtent)
        }
    }
}
