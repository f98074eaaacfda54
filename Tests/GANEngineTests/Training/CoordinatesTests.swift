import Foundation
import GANEngine
import Testing

/// Networks that measure in the picture's coordinates, while everybody else sees the data's.
@Suite struct CoordinatesTests {
    private static func settings(_ target: Target, _ change: (inout Settings) -> Void = { _ in }) -> Settings
    {
        var settings = Settings()
        settings.target = target
        settings.coordinates = .picture
        change(&settings)
        return settings
    }

    @Test(arguments: NamedTarget.allCases)
    func `the first picture shows both clouds`(target: NamedTarget) throws {
        let view = TargetSampler(.named(target)).view
        for seed in UInt32(1)...8 {
            let settings = Self.settings(.named(target)) { $0.seed = seed }
            let fakes = try Experiment(Recipe(settings: settings)).snapshot().fakes(1_000)
            let shown = fakes.count {
                max(abs($0.x - view.centre.x), abs($0.y - view.centre.y)) <= view.halfExtent
            }
            #expect(shown > 800, "seed \(seed): \(shown) of 1,000")
            // A cloud, not a dot.
            let spread = Moments(fakes).totalVariance.squareRoot()
            #expect(spread > 0.05 * view.halfExtent, "seed \(seed): \(spread)")
        }
    }

    @Test func `a target that lies there already trains bit for bit as in the data's coordinates`() throws {
        let states = try Coordinates.allCases.map { coordinates in
            let settings = Self.settings(.named(.ring8)) { $0.coordinates = coordinates }
            let experiment = try Experiment(Recipe(settings: settings))
            try experiment.run(steps: 50)
            return experiment.checkpoint()
        }
        #expect(states[0] == states[1])
    }

    @Test func `a bounded output keeps the data's coordinates`() throws {
        let states = try Coordinates.allCases.map { coordinates in
            let settings = Self.settings(.named(.ring)) {
                $0.coordinates = coordinates
                $0.generator.output = .sigmoid
            }
            let experiment = try Experiment(Recipe(settings: settings))
            try experiment.run(steps: 50)
            return experiment.checkpoint()
        }
        #expect(states[0] == states[1])
    }

    /// Far off and small: the middle of the picture is (40.5, −20.25), half its side 0.6.
    private static let far = Target.points(
        [Point(40, -20), Point(41, -20), Point(40.25, -20.5)],
        transform: Transform(scale: 1, offset: Point(0, 0)))

    @Test(arguments: [false, true], [1, 2])
    func `what the networks saw is the target, and the snapshot's networks say the same of it`(
        normalised: Bool, packing: Int
    ) throws {
        let settings = Self.settings(Self.far) {
            $0.generator.average = 0
            $0.discriminator.spectralNormalization = normalised
            $0.discriminator.packing = packing
            $0.discriminator.updates = 0
        }
        let experiment = try Experiment(Recipe(settings: settings))
        let snapshot = experiment.snapshot()
        let trace = try experiment.traceStep()
        let update = try #require(trace.generator.first)
        let scale: Float = 0.6 / 1.4
        let centre = [Float(40.5), -20.25]

        // G: the same latent vectors, once through the snapshot's network and once as they were in training.
        let latent = update.noise.map { Array($0.prefix(2)) }
        let made = snapshot.generator.outputs(batch(latent)).points
        for (point, fake) in zip(made, update.fake) {
            #expect(abs(point.x - (scale * fake[0] + centre[0])) < 1e-4)
            #expect(abs(point.y - (scale * fake[1] + centre[1])) < 1e-4)
        }
        #expect(made.allSatisfy { abs($0.x - 40.5) < 4 && abs($0.y + 20.25) < 4 })

        // D: its loss over what it saw, from the snapshot's logits of the same packs in the data's coordinates.
        let packs = update.fake.map { pack in
            pack.enumerated().map { scale * $0.element + centre[$0.offset % 2] }
        }
        let logits = snapshot.discriminator.outputs(batch(packs)).column(0)
        let loss = logits.map { softplus(-$0) }.reduce(0, +) / Float(logits.count)
        #expect(abs(loss - update.loss) < 1e-2, "\(loss) and \(update.loss)")
    }

    @Test func `D is trained on the target, brought into its picture`() throws {
        let experiment = try Experiment(Recipe(settings: Self.settings(Self.far)))
        let real = try #require(try experiment.traceStep().discriminator.first).real
        let corners = [[-0.5, 0.25], [0.5, 0.25], [-0.25, -0.25]].map { $0.map { Float($0) * 1.4 / 0.6 } }
        for sample in real {
            #expect(corners.contains { abs($0[0] - sample[0]) < 1e-4 && abs($0[1] - sample[1]) < 1e-4 })
        }
    }

    @Test(arguments: [(NamedTarget.ring, 5_000, Float(3)), (.grid25, 20_000, 2.5), (.line, 20_000, 2.5)])
    func `the defaults learn`(target: NamedTarget, step: Int, bound: Float) throws {
        let settings = Self.settings(.named(target))
        let experiment = try Experiment(Recipe(settings: settings))
        try experiment.run(steps: step)
        let evaluator = MetricEvaluator(settings)
        let values = evaluator.measure(experiment.snapshot()).values
        let ratio = values[.slicedWasserstein] / evaluator.floors.median[.slicedWasserstein]
        #expect(ratio <= bound, "\(ratio)")
        if let modes = evaluator.modes { #expect(values[.modes] == Float(modes)) }
    }
}

private func softplus(_ x: Float) -> Float { max(x, 0) + log1p(exp(-abs(x))) }

private func batch(_ rows: [[Float]]) -> Batch {
    var batch = Batch(features: rows.first?.count ?? 0, count: rows.count)
    for (sample, row) in rows.enumerated() {
        for (feature, number) in row.enumerated() { batch[sample, feature] = number }
    }
    return batch
}
