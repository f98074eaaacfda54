import GANEngine

/// One point of the charts.
package struct ChartPoint: Hashable, Sendable {
    package var step: Int
    package var discriminatorLoss: Float
    package var generatorLoss: Float
    package var kullbackLeibler: Float = .nan
    package var jensenShannon: Float = .nan
    package var slicedWasserstein: Float = .nan
    /// Modes covered.
    package var modes: Float = .nan

    package init(step: Int, discriminatorLoss: Float, generatorLoss: Float) {
        self.step = step
        self.discriminatorLoss = discriminatorLoss
        self.generatorLoss = generatorLoss
    }
}

/// Losses and metrics over the steps of a run, in bounded memory: when full, every other point is dropped. Beside them, what
/// was measured at the milestones, which the run's verdict rests on.
package struct Chart: Hashable, Sendable {
    /// The most points that are kept.
    package let capacity: Int
    /// In order of their steps.
    package private(set) var points: [ChartPoint] = []
    /// What was measured at ``Milestones``, in order; these are never dropped.
    package private(set) var milestones: [Measurement] = []

    /// An empty chart.
    package init(capacity: Int = 2000) {
        self.capacity = capacity
    }

    /// Adds a point, in place of one at the same step if there is one.
    package mutating func record(_ point: ChartPoint) {
        let position = points.partitionIndex { $0.step >= point.step }
        if position < points.count, points[position].step == point.step {
            points[position] = point
        } else {
            points.insert(point, at: position)
        }
        if points.count > capacity { thin() }
    }

    /// Keeps what was measured at a milestone, in place of what was kept of that step before.
    package mutating func record(milestone: Measurement) {
        let position = milestones.partitionIndex { $0.step >= milestone.step }
        if position < milestones.count, milestones[position].step == milestone.step {
            milestones[position] = milestone
        } else {
            milestones.insert(milestone, at: position)
        }
    }

    /// The milestones before `step`.
    package func milestones(before step: Int) -> ArraySlice<Measurement> {
        milestones[..<milestones.partitionIndex { $0.step >= step }]
    }

    /// Whether that step's milestone was measured.
    package func hasMilestone(at step: Int) -> Bool {
        let position = milestones.partitionIndex { $0.step >= step }
        return position < milestones.count && milestones[position].step == step
    }

    /// Takes in what another chart of the same run has more, up to `step`.
    package mutating func add(_ other: Chart, upTo step: Int) {
        for point in other.points.prefix(while: { $0.step <= step }) {
            let position = points.partitionIndex { $0.step >= point.step }
            if position == points.count || points[position].step > point.step { record(point) }
        }
        for milestone in other.milestones(before: step + 1) where !hasMilestone(at: milestone.step) {
            record(milestone: milestone)
        }
    }

    /// Forgets everything after `step`: the run took another way there.
    package mutating func truncate(after step: Int) {
        points.removeSubrange(points.partitionIndex { $0.step > step }...)
        milestones.removeSubrange(milestones.partitionIndex { $0.step > step }...)
    }

    /// The points after `step`, at most `limit`, the latest.
    package func points(after step: Int, limit: Int) -> ArraySlice<ChartPoint> {
        points[points.partitionIndex { $0.step > step }...].suffix(limit)
    }

    /// The last point always stays: it is what the page shows as a number.
    private mutating func thin() {
        let last = points.count - 1
        points = points.indices.filter { $0 % 2 == last % 2 }.map { points[$0] }
    }
}
