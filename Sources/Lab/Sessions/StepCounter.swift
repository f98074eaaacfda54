import Synchronization

/// Counts the steps of all sessions, those that are gone too.
final class StepCounter: Sendable {
    private let count = Atomic<Int>(0)

    var total: Int { count.load(ordering: .relaxed) }

    func add(_ steps: Int) {
        count.add(steps, ordering: .relaxed)
    }
}
