import GANEngine

/// Checkpoints of one run, evenly spaced, in bounded memory.
///
/// Kept at multiples of `spacing`; when they no longer fit, the spacing doubles and every other one goes. So any
/// earlier step is at most `spacing` steps of replay away, and a run of any length costs the same memory.
package struct CheckpointShelf: Sendable {
    /// Memory for one session's checkpoints.
    package static let defaultBudget = 16 << 20

    private static let closestSpacing = 256
    /// However large the networks, this many are kept.
    private static let fewest = 4

    /// Bytes that may be used.
    package let budget: Int
    /// Steps between two checkpoints.
    package private(set) var spacing = closestSpacing
    private var checkpoints: [Checkpoint] = []
    private var bytesEach = 0

    /// An empty shelf.
    package init(budget: Int = defaultBudget) {
        self.budget = budget
    }

    /// How many are kept.
    package var count: Int { checkpoints.count }

    /// Memory in use.
    package var bytes: Int { bytesEach * checkpoints.count }

    /// Whether a run that has come to `step` should leave a checkpoint here.
    package func wants(_ step: Int) -> Bool {
        step % spacing == 0 && nearest(atOrBefore: step)?.step != step
    }

    /// Steps from `step` to the next one that the shelf wants.
    package func distance(from step: Int) -> Int {
        spacing - step % spacing
    }

    /// Keeps a checkpoint.
    package mutating func keep(_ checkpoint: Checkpoint) {
        guard nearest(atOrBefore: checkpoint.step)?.step != checkpoint.step else { return }
        bytesEach = max(bytesEach, checkpoint.byteCount)
        checkpoints.insert(checkpoint, at: checkpoints.partitionIndex { $0.step > checkpoint.step })
        if checkpoints.count > max(Self.fewest, budget / max(1, bytesEach)) { thin() }
    }

    /// The latest checkpoint from which `step` can be reached.
    package func nearest(atOrBefore step: Int) -> Checkpoint? {
        let position = checkpoints.partitionIndex { $0.step > step }
        return position > 0 ? checkpoints[position - 1] : nil
    }

    /// The latest.
    package var last: Checkpoint? { checkpoints.last }

    /// Those at or before `step`.
    package func checkpoints(upTo step: Int) -> ArraySlice<Checkpoint> {
        checkpoints[..<checkpoints.partitionIndex { $0.step > step }]
    }

    /// Evenly spaced ones, as many as fit into so many bytes: what is worth keeping elsewhere. As the run goes on, those
    /// kept already stay or go, and never move.
    package func ladder(within bytes: Int) -> [Checkpoint] {
        var spacing = spacing
        var rungs = checkpoints.filter { $0.step > 0 && $0.step % spacing == 0 }
        while rungs.count * bytesEach > bytes, !rungs.isEmpty {
            spacing *= 2
            rungs.removeAll { $0.step % spacing != 0 }
        }
        return rungs
    }

    /// Forgets everything after `step`: the run took another way there.
    package mutating func truncate(after step: Int) {
        checkpoints.removeSubrange(checkpoints.partitionIndex { $0.step > step }...)
    }

    private mutating func thin() {
        while checkpoints.count > 1, checkpoints.count > max(Self.fewest, budget / max(1, bytesEach)) {
            spacing *= 2
            checkpoints.removeAll { $0.step % spacing != 0 }
        }
    }
}
