/// Says how a run is doing at a step, from what was measured there and at the milestones before it.
///
/// A pure function of these: with ``Milestones`` the same recipe gets the same verdict at the same step, and its words
/// agree with the figures beside them, because both are of the same samples. What is good enough to be called learned
/// has to have been near that at the milestone before; what is no longer good enough is no longer called so at once.
public struct VerdictTracker: Sendable {
    /// How many measurements, the latest among them, say whether a run changes.
    static let memory = 12
    /// Closer than this, in the units of the data, nobody sees a difference; a target of one point has no noise floor.
    static let invisible: Float = 0.003

    private let floors: NoiseFloors
    private let targetVariance: Float
    private let modes: Int?

    /// A tracker for the target of `evaluator`.
    public init(_ evaluator: MetricEvaluator) {
        self.init(floors: evaluator.floors, targetVariance: evaluator.targetVariance, modes: evaluator.modes)
    }

    /// A tracker for a target with these noise floors, mean squared distance from its mean, and number of modes.
    public init(floors: NoiseFloors, targetVariance: Float, modes: Int?) {
        self.floors = floors
        self.targetVariance = targetVariance
        self.modes = modes
    }

    /// The verdict on a run at the step of `latest`.
    /// - Parameter milestones: what was measured before that step, in order.
    public func verdict(
        on latest: Measurement, after milestones: some BidirectionalCollection<Measurement>
    ) -> Verdict {
        let values = latest.values
        guard values[.slicedWasserstein].isFinite else { return .diverged }
        if latest.step < 100 { return .warmingUp }
        let quality = quality(of: values)
        if let verdict = arrival(quality, before: milestones.last) { return verdict }
        let history = Array(milestones.suffix(Self.memory - 1)) + [latest]
        if let verdict = vanishing(values, quality.ratio) { return verdict }
        if values[.outside] > 0.5 + floors.median[.outside] { return .outside(share: values[.outside]) }
        return concentration(history, quality.ratio) ?? wandering(history, quality.ratio)
            ?? shortfall(history, quality)
            ?? (isImproving(history) ? .learning(ratio: quality.ratio) : .stalled(ratio: quality.ratio))
    }

    /// When a run that had learned came apart, and its best step; nil if it has not learned yet, or is still near.
    public func lostQuality(
        at latest: Measurement, after milestones: some BidirectionalCollection<Measurement>
    ) -> LostQuality? {
        guard latest.step >= 100, !quality(of: latest.values).isNear else { return nil }
        guard let last = milestones.lastIndex(where: { quality(of: $0.values).isGood }) else { return nil }
        let good = milestones.filter { quality(of: $0.values).isGood }
        guard let best = good.min(by: { $0.values[.slicedWasserstein] < $1.values[.slicedWasserstein] })
        else {
            return nil
        }
        let after = milestones[milestones.index(after: last)...]
        let since = after.first { !quality(of: $0.values).isNear }?.step ?? latest.step
        return LostQuality(since: since, best: best.step)
    }
}

// MARK: - How close the fakes are

extension VerdictTracker {
    /// How the fakes compare with fresh real samples.
    private struct Quality {
        /// Sliced Wasserstein distance over its noise floor.
        let ratio: Float
        /// The smaller of precision and the share on a mode, each over what real samples would measure.
        let sharpness: Float
        /// Recall over what real samples would measure.
        let recall: Float
        /// Whether every mode is covered.
        let isComplete: Bool

        var isGood: Bool { isComplete && ratio <= 2 && sharpness >= 0.85 && recall >= 0.6 }
        var isNear: Bool { isComplete && ratio <= 4 && sharpness >= 0.7 && recall >= 0.5 }
    }

    private func quality(of values: MetricValues) -> Quality {
        let shares = [MetricKind.precision, .highQuality].map { values[$0] / floors.median[$0] }
        let recall = values[.recall] / floors.median[.recall]
        return Quality(
            ratio: values[.slicedWasserstein] / max(floors.median[.slicedWasserstein], Self.invisible),
            sharpness: shares.filter { !$0.isNaN }.min() ?? 1, recall: recall.isNaN ? 1 : recall,
            isComplete: modes.map { values[.modes] >= Float($0) } ?? true)
    }

    private func arrival(_ quality: Quality, before previous: Measurement?) -> Verdict? {
        guard quality.isNear else { return nil }
        let wasNear = previous.map { self.quality(of: $0.values).isNear } ?? true
        return quality.isGood && wasNear ? .learned(ratio: quality.ratio) : .close(ratio: quality.ratio)
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

extension VerdictTracker {
    /// Collapse: at most half of the modes covered, by fakes that are sharp (half of them lie close to a mode's
    /// centre) or all in one place (a twentieth of the target's variance).
    private func concentration(_ history: [Measurement], _ ratio: Float) -> Verdict? {
        guard let latest = history.last else { return nil }
        let isNarrow = latest.moments.totalVariance < 0.05 * targetVariance
        guard let modes, modes > 1, let covered = latest.covered else {
            let recall = latest.values[.recall]
            return (isNarrow || recall < 0.2 && latest.values[.precision] > 0.5) && ratio > 5
                ? .narrow(recall: recall) : nil
        }
        guard 2 * covered <= modes, isNarrow || latest.values[.highQuality] > 0.5 else { return nil }
        return hops(in: history) >= 3
            ? .hopping(covered: covered, of: modes) : .collapsed(covered: covered, of: modes)
    }

    /// How often the fakes, while on few modes, left one or moved as a whole by half the target's standard deviation
    /// between two measurements.
    private func hops(in history: [Measurement]) -> Int {
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
    private func shortfall(_ history: [Measurement], _ quality: Quality) -> Verdict? {
        guard let latest = history.last else { return nil }
        if let modes, let covered = latest.covered, covered < modes, 2 * covered > modes {
            return .missing(covered: covered, of: modes)
        }
        guard quality.ratio <= 15, quality.sharpness < 0.7, !isImproving(history) else { return nil }
        let shares = [MetricKind.precision, .highQuality].map { latest.values[$0] }
        return .blurred(precision: shares.filter { !$0.isNaN }.min() ?? .nan)
    }

    /// Whether sliced Wasserstein fell by a tenth from the oldest third of the history to the newest. A young run has
    /// the benefit of the doubt.
    private func isImproving(_ history: [Measurement]) -> Bool {
        guard history.count == Self.memory else { return true }
        let distances = history.map { $0.values[.slicedWasserstein] }
        let third = distances.count / 3
        let before = distances.prefix(third).reduce(0, +)
        let after = distances.suffix(third).reduce(0, +)
        return after < 0.9 * before
    }

    /// The mean of the fakes moves, on average by a fifth of the target's standard deviation from one measurement to
    /// the next, yet ends no further than a third of its path from where it began, and the fakes got no closer.
    private func wandering(_ history: [Measurement], _ ratio: Float) -> Verdict? {
        guard ratio > 5, !isImproving(history) else { return nil }
        let means = history.map(\.moments.mean)
        let steps = zip(means, means.dropFirst()).map { $0.distance(to: $1) }
        let path = steps.reduce(0, +)
        let swing = Float(path / Double(steps.count)) / targetVariance.squareRoot()
        guard swing > 0.2, means[0].distance(to: means[means.count - 1]) < path / 3 else { return nil }
        return .oscillating(swing: swing)
    }
}

extension Measurement {
    /// How many modes of a mixture the fakes cover.
    fileprivate var covered: Int? { isCovered?.count(where: \.self) }
}
