/// Whether the loop, with nothing to do, does better to look again than to sleep.
///
/// To wake a thread that sleeps on a core of its own takes longer than to answer a small message. So after many waits
/// that ended within microseconds, as with a client that waits for one answer before it asks again, the loop watches
/// out for the next event for about as long as a sleep would cost. If none comes, because the peer has gone quiet or
/// needs this very core, it sleeps, and has to see many quick ones again: an idle server uses no processor, and a busy
/// machine loses next to none. With many sources there is no watch: what they send is better taken together.
package struct Watch {
    /// Nanoseconds without an event after which to sleep.
    package static let length: UInt64 = 50_000

    /// A wait of less than this is quick; it includes the time that waking takes.
    private static let quick: UInt64 = 100_000
    private static let enough = 16
    private static let fewSources = 12

    private var quickWaits = 0

    package init() {}

    package var isWorthwhile: Bool { quickWaits >= Self.enough }

    /// The loop has waited for so many nanoseconds.
    package mutating func ended(after nanoseconds: UInt64, hasEvents: Bool, sources: Int) {
        let limit = isWorthwhile ? Self.length : Self.quick
        let isQuick = hasEvents && nanoseconds < limit && sources <= Self.fewSources
        quickWaits = isQuick ? min(quickWaits + 1, Self.enough) : 0
    }
}
