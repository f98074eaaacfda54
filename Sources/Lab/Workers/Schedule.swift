/// Who runs next: a plain value, so that its fairness is tested without threads or clocks.
///
/// Fair queueing by start tags (Goyal, Vin and Cheng 1996): each work has a tag, the running time that it has had, and
/// the one with the lowest tag runs next. So everybody who always has something to do gets the same share of the time,
/// however long one piece of it takes: who ran 40 ms instead of 2 waits until the others have had 40 ms too. Who did
/// nothing for a while gets no credit for that: its tag is raised to the virtual time, which is what somebody who was there
/// all along has had. It goes on with all that is run, whoever runs, so that newcomers without end cannot stop it.
///
/// Work that was just woken (a command came, a time was reached) runs up to ``headStart`` before its share is due. So a
/// command waits for at most a slice or two however many others train at full speed, and somebody who sends commands
/// without end gets no more than a head start beyond their share.
///
/// An entry in a queue counts only while its ticket is the current one of its work; rescheduling issues a new
/// ticket and leaves the stale entry to be skipped.
package struct Schedule<ID: Hashable & Sendable>: Sendable {
    private typealias Ticket = UInt64

    private enum Phase: Sendable {
        case queued(Ticket, isUrgent: Bool)
        case sleeping(Ticket)
        case running(wokenMeanwhile: Bool)
        /// Has nothing to do, and has had more than its share.
        case overdrawn(Ticket)
    }

    private struct Account: Sendable {
        var phase: Phase
        /// Running time, on the scale of ``virtualTime``.
        var tag: Duration
    }

    /// Entries are sorted latest first, so that the next one is popped off the end.
    private struct Entry<Order: Comparable & Sendable>: Sendable {
        let order: Order
        let ticket: Ticket
        let id: ID
    }

    private let headStart: Duration
    private var accounts: [ID: Account] = [:]
    private var queue: [Entry<Duration>] = []
    private var sleepers: [Entry<ContinuousClock.Instant>] = []
    private var debtors: [Entry<Duration>] = []
    private var lastTicket: Ticket = 0
    /// How many are queued or running.
    private var active = 0
    /// Never decreases.
    private var virtualTime = Duration.zero
    /// The highest tag.
    private var furthest = Duration.zero

    /// A schedule with nothing in it.
    ///
    /// - Parameter headStart: How much sooner woken work runs than its share is due.
    package init(headStart: Duration = .milliseconds(4)) {
        self.headStart = headStart
    }

    /// Makes sure that `id` runs soon, whatever it is doing now.
    package mutating func wake(_ id: ID) {
        switch accounts[id]?.phase {
        case .running:
            accounts[id]?.phase = .running(wokenMeanwhile: true)
        case .queued(_, isUrgent: true):
            break
        case .queued:
            enqueue(id, isUrgent: true)
        case nil, .sleeping, .overdrawn:
            activate(id)
        }
    }

    /// The work to run now, if any; its caller must report back with ``finish(_:_:used:)``.
    package mutating func take(at now: ContinuousClock.Instant) -> ID? {
        wakeSleepers(at: now)
        while let entry = queue.popLast() {
            guard case .queued(entry.ticket, _) = accounts[entry.id]?.phase else { continue }
            virtualTime = max(virtualTime, accounts[entry.id]!.tag)
            accounts[entry.id]!.phase = .running(wokenMeanwhile: false)
            return entry.id
        }
        // Nobody waits, so nobody was wronged.
        virtualTime = max(virtualTime, furthest)
        return nil
    }

    /// Says what `id`, whose slice is over, wants next, and how much time the slice took.
    package mutating func finish(_ id: ID, _ progress: Progress, used: Duration) {
        guard case .running(let wokenMeanwhile) = accounts[id]?.phase else { return }
        let tag = accounts[id]!.tag + used
        accounts[id]!.tag = tag
        furthest = max(furthest, tag)
        virtualTime += used / active
        if wokenMeanwhile { return enqueue(id, isUrgent: true) }
        switch progress {
        case .again:
            enqueue(id, isUrgent: false)
        case .at(let due):
            active -= 1
            insert(id, due, into: \.sleepers) { .sleeping($0) }
        case .idle:
            active -= 1
            insert(id, tag, into: \.debtors) { .overdrawn($0) }
        }
    }

    /// Forgets somebody who has nothing to do and whose share has become due meanwhile; nil if there is nobody left.
    package mutating func forgetOne() -> ID? {
        while let debtor = debtors.last, debtor.order <= virtualTime {
            debtors.removeLast()
            guard case .overdrawn(debtor.ticket) = accounts[debtor.id]?.phase else { continue }
            accounts[debtor.id] = nil
            return debtor.id
        }
        return nil
    }

    /// When the first sleeper is due, or nil if none sleeps. A stale sleeper may make it early, never late.
    package var nextDue: ContinuousClock.Instant? { sleepers.last?.order }

    /// Whether `id` is queued, asleep or running, or still remembered for having had more than its share.
    package func knows(_ id: ID) -> Bool { accounts[id] != nil }

    /// Whether somebody may be waiting to run.
    package var hasQueued: Bool { !queue.isEmpty }

    private mutating func enqueue(_ id: ID, isUrgent: Bool) {
        guard let tag = accounts[id]?.tag else { return }
        insert(id, isUrgent ? tag - headStart : tag, into: \.queue) { .queued($0, isUrgent: isUrgent) }
    }

    /// Queues somebody who had nothing to do.
    private mutating func activate(_ id: ID) {
        active += 1
        let tag = max(accounts[id]?.tag ?? virtualTime, virtualTime)
        accounts[id] = Account(phase: .running(wokenMeanwhile: true), tag: tag)
        enqueue(id, isUrgent: true)
    }

    /// Puts `id`, which has an account, into another phase, and behind all entries that are not later.
    private mutating func insert<Order: Comparable & Sendable>(
        _ id: ID, _ order: Order, into entries: WritableKeyPath<Self, [Entry<Order>]>,
        _ phase: (Ticket) -> Phase
    ) {
        lastTicket += 1
        accounts[id]?.phase = phase(lastTicket)
        let index = self[keyPath: entries].partitionIndex { $0.order <= order }
        self[keyPath: entries].insert(Entry(order: order, ticket: lastTicket, id: id), at: index)
    }

    private mutating func wakeSleepers(at now: ContinuousClock.Instant) {
        while let sleeper = sleepers.last, sleeper.order <= now {
            sleepers.removeLast()
            if case .sleeping(sleeper.ticket) = accounts[sleeper.id]?.phase {
                activate(sleeper.id)
            }
        }
    }
}
