import GANEngine
import Testing

/// Targets at the edge of what can be meant, and beyond.
@Suite("A target that somebody made")
struct ExtremeTargetTests {
    private static func refusal(_ target: Target) -> String? {
        var recipe = Recipe()
        recipe.settings.target = target
        do throws(RecipeError) {
            try recipe.validate()
            return nil
        } catch {
            return error.message
        }
    }

    private static func zigzag(_ count: Int, reach: ClosedRange<Float>) -> Target {
        let (low, high) = (reach.lowerBound, reach.upperBound)
        return .drawing([
            Stroke(
                points: (0..<count).map { $0.isMultiple(of: 2) ? Point(low, low) : Point(high, high) },
                width: 0.001)
        ])
    }

    private static func component(
        _ x: Float, _ y: Float, variances: (Float, Float), covariance: Float = 0, weight: Float = 1
    ) -> MixtureComponent {
        MixtureComponent(
            mean: Point(x, y), varianceX: variances.0, varianceY: variances.1, covariance: covariance,
            weight: weight)
    }

    @Test("draws where targets are")
    func drawings() {
        #expect(Self.refusal(Self.zigzag(33, reach: 0...1)) == nil)
        #expect(Self.refusal(Self.zigzag(33, reach: -16...16)) == nil)
        #expect(
            Self.refusal(Self.zigzag(33, reach: -100...100))
                == "target: point 0 must lie between -16.0 and 16.0")
    }

    @Test("may draw as long a line as fits, and its density still integrates to 1")
    func longDrawing() throws {
        // 4,000 diagonals of the unit square with the finest brush: 11 million dots, were all of them made.
        let sampler = TargetSampler(Self.zigzag(4_000, reach: 0...1))
        let side = 100
        // Across the middle of the line, every hundredth of its length.
        let places = (0..<side * side).map { index in
            let along = (Float(index / side) + 0.5) / Float(side)
            let across = (Float(index % side) + 0.5) / Float(side) * 0.012 - 0.006
            return Point(along + across, along - across)
        }
        let density = try #require(sampler.density(at: places))
        // A cell is √2/100 long and 0.012·√2/100 wide.
        let mass = density.reduce(0) { $0 + Double($1) } * 2 * 0.012 / Double(side * side)
        #expect(abs(mass - 1) < 0.01)
    }

    @Test("may consist of points and lines, which are found as any mode is")
    func degenerateMixture() throws {
        let line = Self.component(1, 1, variances: (0.01, 0.04), covariance: 0.02)
        for target in [
            Target.mixture([Self.component(0, 0, variances: (0, 0)), line]),
            .mixture([Self.component(0, 0, variances: (0.01, 0)), line]),
            .mixture([Self.component(0, 0, variances: (1e-30, 1e4)), line]),
        ] {
            #expect(Self.refusal(target) == nil)
            let sampler = TargetSampler(target)
            #expect(sampler.density(at: [Point(0, 0)]) == nil, "mass on a line has no density")
            let samples = sampler.samples(4_000, key: RandomStream(seed: 1, .viewReal).key(step: 0))
            #expect(samples.allSatisfy { $0.x.isFinite && $0.y.isFinite })
            let modes = try #require(sampler.modes)
            let coverage = try #require(ModeCoverage(modes: modes))
            let report = coverage.report(on: samples)
            #expect(report.isCovered == [true, true])
            #expect(report.captured == 2)
            #expect(report.highQuality > 0.98)
            let away = coverage.report(on: samples.map { Point($0.x + 3, $0.y - 3) })
            #expect(away.highQuality < 0.05, "a line is not everywhere")
        }
    }

    @Test("gets a verdict at every step, though it has no width")
    func verdict() throws {
        var recipe = Recipe()
        recipe.settings.target = .mixture([
            Self.component(0, 0, variances: (0, 0)), Self.component(1, 1, variances: (0, 0)),
        ])
        recipe.settings.batch = 16
        let evaluator = MetricEvaluator(recipe.settings)
        let tracker = VerdictTracker(evaluator)
        var milestones: [Measurement] = []
        let experiment = try Experiment(recipe)
        for _ in 0..<4 {
            try experiment.run(steps: 100)
            let measurement = evaluator.measure(experiment.snapshot())
            #expect((0...2).contains(measurement.values[.modes]))
            if case .collapsed(_, let modes) = tracker.verdict(on: measurement, after: milestones) {
                #expect(modes == 2)
            }
            milestones.append(measurement)
        }
    }

    @Test("may have weights as large as numbers go: only their proportions count")
    func hugeWeights() throws {
        let huge = Float.greatestFiniteMagnitude
        let target = Target.mixture([
            Self.component(0, 0, variances: (0.01, 0.01), weight: huge),
            Self.component(5, 0, variances: (0.01, 0.01), weight: huge),
        ])
        #expect(Self.refusal(target) == nil)
        let sampler = TargetSampler(target)
        #expect(sampler.modes?.map(\.weight) == [0.5, 0.5])
        let right = sampler.samples(2_000, key: RandomStream(seed: 1, .viewReal).key(step: 0)).count {
            $0.x > 2
        }
        #expect((900...1_100).contains(right))
    }

    @Test("has variances that are ones, no larger than its coordinates")
    func variances() {
        #expect(
            Self.refusal(.mixture([Self.component(0, 0, variances: (3e38, 1))]))
                == "target: the variances of component 0 must be between 0 and 10000")
        // The product of such variances is no 32-bit number, nor is the square of such a covariance.
        #expect(
            Self.refusal(.mixture([Self.component(0, 0, variances: (1e-30, 1e-30), covariance: 1e-25)]))
                == "target: the covariance of component 0 must be positive semi-definite")
        // Rounding a covariance of √(variance · variance) is no fault.
        for (x, y) in [(0.01, 0.04), (0.3, 0.7), (1e-6, 123), (9_999, 3e-7)] as [(Float, Float)] {
            let covariance = (x * y).squareRoot()
            #expect(
                Self.refusal(.mixture([Self.component(0, 0, variances: (x, y), covariance: covariance)]))
                    == nil)
        }
    }
}
