/// Lets everybody do something so often: some times at once, and from then on once in a while (the generic cell rate
/// algorithm, ITU-T I.371, with one moment to remember for each).
package struct Allowance<Key: Hashable & Sendable>: Sendable {
    /// How often at once.
    let burst: Int
    /// Until one more is allowed.
    let interval: Duration
    /// When all that somebody did would have been done, had it been one every interval.
    private var done: [Key: ContinuousClock.Instant] = [:]

    /// More are not remembered at once unless all of them are busy.
    private static var mostRemembered: Int { 4_096 }

    package init(burst: Int, interval: Duration) {
        self.burst = burst
        self.interval = interval
    }

    /// Whether somebody may do it once more now; then it counts as done.
    package mutating func take(_ key: Key, at now: ContinuousClock.Instant) -> Bool {
        let next = max(done[key] ?? now, now) + interval
        guard next - now <= interval * burst else { return false }
        if done.count >= Self.mostRemembered { done = done.filter { $0.value > now } }
        done[key] = next
        return true
    }
}
