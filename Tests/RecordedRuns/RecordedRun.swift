import GANEngine

import func Foundation.log10
import func Foundation.pow

/// What was measured of one run at every milestone, twice: as the tracker sees it, and with fresh samples, to check the tracker.
public struct RecordedRun: Codable, Sendable {
    /// What was run, for people.
    public var name: String
    /// Modes of the target; nil if it has none to count.
    public var modes: Int?
    /// Mean squared distance of the reals from their mean.
    public var targetVariance: Float
    /// What fresh reals measure, by the names of ``kinds``; null does not apply.
    public var floors: [Float?]
    /// The same for the second measurement.
    public var freshFloors: [Float?]
    /// In the order of the milestones.
    public var milestones: [Row]

    /// One milestone.
    public struct Row: Codable, Sendable {
        /// Steps completed.
        public var step: Int
        /// By ``kinds``; null was not finite or does not apply.
        public var values: [Float?]
        /// The same with fresh samples of the same networks.
        public var fresh: [Float?]
        /// Mean and variances of the fakes: x, y, x, y.
        public var moments: [Double]
        /// 1 for each mode that the fakes cover.
        public var covered: [Int]?
    }

    /// The metrics that the tracker reads.
    public static let kinds: [MetricKind] = [
        .slicedWasserstein, .modes, .precision, .recall, .highQuality, .outside, .realAccuracy, .fakeAccuracy,
        .gradientNorm,
    ]

    /// The metrics that say how close the fakes are: the first of ``kinds``.
    public static let freshKinds = kinds.prefix(5)
}

extension RecordedRun {
    /// Runs a recipe to `end`, measuring it at every milestone. A run that diverges ends where it did.
    public init(_ name: String, _ settings: Settings, steps end: Int) throws {
        let evaluator = MetricEvaluator(settings)
        var other = settings
        other.seed &+= 1_000_000
        let fresh = MetricEvaluator(other)
        self.name = name
        modes = evaluator.modes
        targetVariance = evaluator.targetVariance
        floors = Self.row(evaluator.floors.median, Self.kinds[...])
        freshFloors = Self.row(fresh.floors.median, Self.freshKinds)
        milestones = []
        let experiment = try Experiment(Recipe(settings: settings))
        while experiment.step < end {
            do {
                try experiment.run(steps: Milestones.distance(from: experiment.step))
            } catch {
                break
            }
            let snapshot = experiment.snapshot()
            let measured = evaluator.measure(snapshot)
            let moments = measured.moments
            milestones.append(
                Row(
                    step: measured.step, values: Self.row(measured.values, Self.kinds[...]),
                    fresh: Self.row(fresh.measure(snapshot).values, Self.freshKinds),
                    moments: [moments.meanX, moments.meanY, moments.varianceX, moments.varianceY].map(
                        rounded),
                    covered: measured.isCovered?.map { $0 ? 1 : 0 }))
        }
    }

    private static func row(_ values: MetricValues, _ kinds: ArraySlice<MetricKind>) -> [Float?] {
        kinds.map { values[$0].isFinite ? Float(rounded(Double(values[$0]))) : nil }
    }
}

// MARK: - Read back

extension RecordedRun {
    /// A tracker for the run's target.
    public var tracker: VerdictTracker {
        VerdictTracker(
            floors: NoiseFloors([Self.values(floors)]), targetVariance: targetVariance, modes: modes)
    }

    /// What the tracker is given.
    public var measurements: [Measurement] {
        milestones.map { row in
            Measurement(
                step: row.step, values: Self.values(row.values),
                moments: Moments(
                    meanX: row.moments[0], meanY: row.moments[1], varianceX: row.moments[2],
                    varianceY: row.moments[3], covariance: 0),
                isCovered: row.covered?.map { $0 == 1 })
        }
    }

    /// What fresh samples measure at the same milestones, and their floors.
    public var freshValues: (floors: MetricValues, milestones: [MetricValues]) {
        (Self.values(freshFloors), milestones.map { Self.values($0.fresh) })
    }

    private static func values(_ row: [Float?]) -> MetricValues {
        var values = MetricValues()
        for (kind, value) in zip(kinds, row) { values[kind] = value ?? .nan }
        return values
    }
}

/// To three significant digits: more would be noise.
private func rounded(_ number: Double) -> Double {
    guard number != 0, number.isFinite else { return 0 }
    let scale = pow(10, 2 - log10(abs(number)).rounded(.down))
    return (scale * number).rounded() / scale
}
