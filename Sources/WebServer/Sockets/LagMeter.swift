import Synchronization

/// How long one turn of the event loop keeps everybody else waiting. Written by the loop, read by anyone.
final class LagMeter: Sendable {
    private let longest = Atomic<UInt64>(0)
    private let total = Atomic<UInt64>(0)
    private let turns = Atomic<UInt64>(0)

    func record(nanoseconds: UInt64) {
        // The loop is the only writer, so a plain load and store lose nothing and cost less than an add.
        total.store(total.load(ordering: .relaxed) &+ nanoseconds, ordering: .relaxed)
        turns.store(turns.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
        if nanoseconds > longest.load(ordering: .relaxed) { longest.store(nanoseconds, ordering: .relaxed) }
    }

    /// The sum and number of all turns, and the longest since the last call.
    func read() -> (seconds: Double, turns: UInt64, longest: Double) {
        (
            Double(total.load(ordering: .relaxed)) / 1e9, turns.load(ordering: .relaxed),
            Double(longest.exchange(0, ordering: .relaxed)) / 1e9
        )
    }
}
