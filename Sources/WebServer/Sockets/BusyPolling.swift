/// Decides whether the loop, with nothing to do, does better to poll again than to sleep.
///
/// To wake a thread that sleeps on a core of its own takes longer than to answer a small message. So after a few waits
/// that ended within microseconds, as with a client that waits for one answer before it asks again, the loop polls
/// for the next event for about as long as a sleep would cost. If none comes, because the peer has gone quiet or
/// needs this very core, it sleeps, and has to see more quick ones than before: an idle server uses no processor, and a
/// busy machine loses next to none. With many sources it always sleeps: what they send is better taken together.
package struct BusyPolling {
    /// Nanoseconds without an event after which to sleep.
    package static let duration: UInt64 = 50_000

    /// A wait of less than this is quick; it includes the time that waking takes.
    private static let quick: UInt64 = 100_000
    private static let fewest = 4
    private static let most = 64
    private static let fewSources = 12

    /// Quick waits in a row, counted up to `most`.
    private var quickWaits = 0
    /// How many it takes: twice as many after each time in vain, the fewest again once there have been `most`.
    private var enough = Self.fewest

    package init() {}

    package var isWorthwhile: Bool { quickWaits >= enough }

    /// The loop has waited for so many nanoseconds.
    package mutating func ended(after nanoseconds: UInt64, hasEvents: Bool, sources: Int) {
        let limit = isWorthwhile ? Self.duration : Self.quick
        if hasEvents, nanoseconds < limit, sources <= Self.fewSources {
            quickWaits = min(quickWaits + 1, Self.most)
            if quickWaits == Self.most { enough = Self.fewest }
        } else {
            if isWorthwhile { enough = min(2 * enough, Self.most) }
            quickWaits = 0
        }
    }
}
