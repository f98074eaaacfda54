/// Decides who gets one of the lab's places for sessions, and who makes room.
///
/// - A session that somebody watches and has worked on is never sent away.
/// - Sessions that nobody would miss count as free: those that nobody watches and that the store gives back, or that
///   nobody has worked on, so that their recipe alone makes them again.
/// - A client may hold at most eight times as many places as are still free (dynamic thresholds: Choudhury and Hahne,
///   IEEE/ACM Transactions on Networking 6(2), 1998). So a classroom behind one address gets eight ninths of an empty
///   lab, whoever came before, and nobody can take so many that the next client finds none.
/// - Beyond that, a session that is only being looked at goes if its client holds more places than the newcomer, or
///   if the same client's page has lain untouched for a minute. Its page comes back when there is room.
package struct Places {
    /// A session that is here.
    package struct Occupant {
        let session: SessionID
        let client: ClientAddress
        /// Whether anybody has stepped, played or edited it.
        let isTouched: Bool
        let isWatched: Bool
        /// Since when nobody watches it, or, if somebody does, since when it has been here.
        let since: ContinuousClock.Instant

        package init(
            session: SessionID, client: ClientAddress, isTouched: Bool, isWatched: Bool,
            since: ContinuousClock.Instant
        ) {
            self.session = session
            self.client = client
            self.isTouched = isTouched
            self.isWatched = isWatched
            self.since = since
        }
    }

    package enum Admission: Equatable {
        case free
        /// There is room once that session is gone.
        case insteadOf(SessionID)
        /// The lab is full, for everybody or for this client alone.
        case refused(isFullForAll: Bool)
    }

    /// How many times as many places as are free one client may hold.
    private static let shareOfFree = 8
    /// How long a page that nobody touches keeps its place from others of the same client.
    private static let patience = Duration.seconds(60)

    let total: Int
    /// Whether a session that is sent away can be had back from the store.
    let isLasting: Bool
    /// How long somebody who left may stay away before their session is given up, if the store does not keep it.
    let absence: Duration

    package init(total: Int, isLasting: Bool, absence: Duration) {
        self.total = total
        self.isLasting = isLasting
        self.absence = absence
    }

    /// What becomes of a newcomer.
    package func admission(
        of client: ClientAddress, among occupants: [Occupant], at now: ContinuousClock.Instant
    ) -> Admission {
        let needed = occupants.filter { isMissed($0, at: now) }
        let held = Dictionary(grouping: needed, by: \.client).mapValues(\.count)
        let own = held[client] ?? 0
        let free = total - needed.count
        if own < Self.shareOfFree * free {
            if occupants.count < total { return .free }
            // Who has worked on nothing goes first, then who has been away for the longest.
            let first = occupants.filter { !isMissed($0, at: now) }.min {
                ($0.isTouched ? 1 : 0, $0.since) < ($1.isTouched ? 1 : 0, $1.since)
            }
            return first.map { .insteadOf($0.session) } ?? .refused(isFullForAll: true)
        }
        let idle = needed.filter { occupant in
            guard occupant.isWatched, !occupant.isTouched else { return false }
            return occupant.client == client
                ? now - occupant.since > Self.patience : held[occupant.client, default: 0] > own + 1
        }
        let first = idle.min { one, other in
            let (most, fewer) = (held[one.client, default: 0], held[other.client, default: 0])
            return most != fewer ? most > fewer : one.since < other.since
        }
        return first.map { .insteadOf($0.session) } ?? .refused(isFullForAll: free <= 0)
    }

    /// Whether somebody would lose something if the session were sent away.
    private func isMissed(_ occupant: Occupant, at now: ContinuousClock.Instant) -> Bool {
        if occupant.isWatched { return true }
        return occupant.isTouched && !isLasting && now - occupant.since <= absence
    }
}
