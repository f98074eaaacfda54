/// Reads a run's measurements as they come, and says how it is doing.
///
/// It remembers the last twelve measurements that lie some steps apart, so that a verdict about change (hopping,
/// oscillating) rests on training and not on how often somebody looked. How close the fakes are is the median of the last
/// few, and who has arrived has to go some way to have left again: training is noisy, and a verdict should not be.
public struct Judge: Sendable {
    /// How many measurements are remembered.
    static let memory = 12
    /// How many of them say how close the fakes are.
    private static let recent = 5
    /// Closer than this, in the units of the data, nobody sees a difference; a target of one point has no noise floor.
    static let invisible: Float = 0.003

    private let floors: NoiseFloors
    private let targetVariance: Float
    private let modes: Int?
    private(set) var history: [Measurement] = []
    private var last = Verdict.warmingUp

    /// A judge for the target of `gauge`.
    public init(_ gauge: Gauge) {
        self.init(floors: gauge.floors, targetVariance: gauge.targetVariance, modes: gauge.modes)
    }

    /// A judge for a target with these noise floors, mean squared distance from its mean, and number of modes.
    public init(floors: NoiseFloors, targetVariance: Float, modes: Int?) {
        self.floors = floors
        self.targetVariance = targetVariance
        self.modes = modes
    }

    /// Takes a measurement in, and judges the run at that step. Going back in time forgets what came after.
    public mutating func judge(_ measurement: Measurement) -> Verdict {
        if let latest = history.last?.step, measurement.step < latest { last = .warmingUp }
        history.removeAll { $0.step >= measurement.step }
        var latest = measurement
        if let last = history.last { latest.values = latest.values.filled(from: last.values) }
        // The newest but one makes room until it lies far enough from the one before.
        let steps = history.suffix(2).map(\.step)
        if steps.count == 2, steps[1] - steps[0] < spacing(at: latest.step) { history.removeLast() }
        history = history.suffix(Self.memory - 1) + [latest]
        last = verdict(of: latest)
        return last
    }

    /// Steps between two remembered measurements: more as the run grows older and slower.
    private func spacing(at step: Int) -> Int { max(50, step / 25) }

    private func verdict(of latest: Measurement) -> Verdict {
        let values = latest.values
        let distance = values[.slicedWasserstein]
        guard distance.isFinite else { return .diverged }
        if latest.step < 100 { return .warmingUp }
        let ratio = usual(.slicedWasserstein) / max(floors.median[.slicedWasserstein], Self.invisible)
        if let verdict = arrival(ratio) { return verdict }
        if let verdict = vanishing(values, ratio) { return verdict }
        if values[.outside] > 0.5 + floors.median[.outside] { return .outside(share: values[.outside]) }
        return concentration(latest, ratio) ?? wandering(ratio) ?? shortfall(latest, ratio)
            ?? (isImproving ? .learning(ratio: ratio) : .stalled(ratio: ratio))
    }

    /// Close to the target, complete and sharp.
    private func arrival(_ ratio: Float) -> Verdict? {
        let (wasLearned, wasClose) =
            switch last {
            case .learned: (true, true)
            case .close: (false, true)
            default: (false, false)
            }
        if let modes, usual(.modes) < Float(modes) { return nil }
        if ratio <= (wasLearned ? 4 : 3), isSharp(by: 0.8) { return .learned(ratio: ratio) }
        return ratio <= (wasClose ? 8 : 5) && isSharp(by: 0.5) ? .close(ratio: ratio) : nil
    }

    /// Whether this share of what would be right of real samples is right of the fakes: they look real, and lie on a mode.
    private func isSharp(by share: Float) -> Bool {
        ![MetricKind.precision, .highQuality].contains { usual($0) < share * floors.median[$0] }
    }

    /// What a metric measured lately.
    private func usual(_ kind: MetricKind) -> Float {
        history.suffix(Self.recent).map { $0.values[kind] }.filter { !$0.isNaN }.sorted().quantile(0.5)
    }

    /// The fakes are far off, and moving them all the way along the gradient would change G's loss by less than a
    /// hundredth (gradient × distance to go, a linear estimate) while D is right about 99% of both sides; or not at all,
    /// because D says the same everywhere.
    private func vanishing(_ values: MetricValues, _ ratio: Float) -> Verdict? {
        let gradient = values[.gradientNorm]
        let isSure = values[.realAccuracy] >= 0.99 && values[.fakeAccuracy] >= 0.99
        guard ratio > 5, gradient * values[.slicedWasserstein] < (isSure ? 0.01 : 1e-7) else { return nil }
        return .vanished(gradient: gradient)
    }
}

// MARK: - Where the fakes are

extension Judge {
    /// Collapse: at most half of the modes covered, by fakes that are sharp (half of them lie close to a mode's
    /// centre) or all in one place (a twentieth of the target's variance).
    private func concentration(_ latest: Measurement, _ ratio: Float) -> Verdict? {
        let isNarrow = latest.moments.totalVariance < 0.05 * targetVariance
        guard let modes, modes > 1, !latest.values[.modes].isNaN else {
            let recall = latest.values[.recall]
            return (isNarrow || recall < 0.2 && latest.values[.precision] > 0.5) && ratio > 5
                ? .narrow(recall: recall) : nil
        }
        let covered = Int(clamping: latest.values[.modes])
        guard 2 * covered <= modes, isNarrow || latest.values[.highQuality] > 0.5 else { return nil }
        return hops >= 3 ? .hopping(covered: covered, of: modes) : .collapsed(covered: covered, of: modes)
    }

    /// How often the fakes, while on few modes, left one or moved as a whole by half the target's standard deviation
    /// between two remembered measurements.
    private var hops: Int {
        let reach = 0.5 * Double(targetVariance).squareRoot()
        return zip(history, history.dropFirst()).count { before, after in
            guard let a = before.isCovered, let b = after.isCovered, 2 * b.count(where: \.self) <= b.count
            else {
                return false
            }
            let leftOne = zip(a, b).contains { $0 && !$1 }
            return leftOne || before.moments.mean.distance(to: after.moments.mean) > reach
        }
    }

    /// What is missing once the fakes are in the right region: modes, or sharpness.
    private func shortfall(_ latest: Measurement, _ ratio: Float) -> Verdict? {
        let values = latest.values
        if let modes, values[.modes] < Float(modes), 2 * values[.modes] > Float(modes) {
            return .missing(covered: Int(clamping: values[.modes]), of: modes)
        }
        guard ratio <= 15, !isSharp(by: 0.5), !isImproving else { return nil }
        return .blurred(
            precision: [usual(.precision), usual(.highQuality)].filter { !$0.isNaN }.min() ?? .nan)
    }

    /// Whether sliced Wasserstein fell by a tenth from the oldest third of the memory to the newest. A young run has
    /// the benefit of the doubt.
    private var isImproving: Bool {
        guard history.count == Self.memory else { return true }
        let distances = history.map { $0.values[.slicedWasserstein] }
        let third = distances.count / 3
        let before = distances.prefix(third).reduce(0, +)
        let after = distances.suffix(third).reduce(0, +)
        return after < 0.9 * before
    }

    /// The mean of the fakes moves, on average by a fifth of the target's standard deviation from one memory to the
    /// next, yet ends no further than a third of its path from where it began, and the fakes got no closer.
    private func wandering(_ ratio: Float) -> Verdict? {
        guard ratio > 5, !isImproving else { return nil }
        let means = history.map(\.moments.mean)
        let steps = zip(means, means.dropFirst()).map { $0.distance(to: $1) }
        let path = steps.reduce(0, +)
        let swing = Float(path / Double(steps.count)) / targetVariance.squareRoot()
        guard swing > 0.2, means[0].distance(to: means[means.count - 1]) < path / 3 else { return nil }
        return .oscillating(swing: swing)
    }
}
