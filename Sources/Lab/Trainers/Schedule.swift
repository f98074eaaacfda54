/// Who is trained next: a plain value, so that its fairness is tested without threads or clocks.
///
/// Two queues, served in turn while both have somebody: work that was just woken (a command came, a time was
/// reached) and work that merely goes on. So a command waits for at most a slice or two however many sessions
/// train at full speed, and somebody who sends commands without end takes no more than half the slices.
///
/// An entry in a queue counts only while its ticket is the current one of its work; rescheduling issues a new
/// ticket and leaves the stale entry to be skipped.
package struct Schedule<ID: Hashable & Sendable>: Sendable {
    private typealias Ticket = UInt64

    private enum Phase: Sendable {
        case queued(Ticket)
        case sleeping(Ticket)
        case running(wokenMeanwhile: Bool)
    }

    private struct Entry: Sendable {
        let ticket: Ticket
        let id: ID
    }

    private struct Sleeper: Sendable {
        let due: ContinuousClock.Instant
        let entry: Entry
    }

    private var phases: [ID: Phase] = [:]
    private var woken = Queue<Entry>()
    private var ongoing = Queue<Entry>()
    /// Sorted by due time, latest first, so that the next one is popped off the end.
    private var sleepers: [Sleeper] = []
    private var lastTicket: Ticket = 0
    private var wokenTurn = true

    /// A schedule with nothing in it.
    package init() {}

    /// Makes sure that `id` runs soon, whatever it is doing now.
    package mutating func wake(_ id: ID) {
        switch phases[id] {
        case .running:
            phases[id] = .running(wokenMeanwhile: true)
        case nil, .queued, .sleeping:
            enqueueWoken(id)
        }
    }

    /// The work to run now, if any; its caller must report back with ``finish(_:_:)``.
    package mutating func take(at now: ContinuousClock.Instant) -> ID? {
        wakeSleepers(at: now)
        defer { wokenTurn.toggle() }
        let next = wokenTurn ? takeWoken() ?? takeOngoing() : takeOngoing() ?? takeWoken()
        if let next { phases[next] = .running(wokenMeanwhile: false) }
        return next
    }

    /// Says what `id`, whose slice is over, wants next.
    package mutating func finish(_ id: ID, _ progress: Progress) {
        guard case .running(let wokenMeanwhile) = phases[id] else { return }
        phases[id] = nil
        if wokenMeanwhile {
            enqueueWoken(id)
            return
        }
        switch progress {
        case .again:
            ongoing.append(issue(id) { .queued($0) })
        case .at(let due):
            let sleeper = Sleeper(due: due, entry: issue(id) { .sleeping($0) })
            sleepers.insert(sleeper, at: sleepers.partitionIndex { $0.due <= due })
        case .idle:
            break
        }
    }

    /// When the first sleeper is due, or nil if none sleeps. A stale sleeper may make it early, never late.
    package var nextDue: ContinuousClock.Instant? { sleepers.last?.due }

    /// Whether `id` is queued, asleep or running.
    package func knows(_ id: ID) -> Bool { phases[id] != nil }

    /// Whether somebody may be waiting to run.
    package var hasQueued: Bool { !woken.isEmpty || !ongoing.isEmpty }

    private mutating func issue(_ id: ID, _ phase: (Ticket) -> Phase) -> Entry {
        lastTicket += 1
        phases[id] = phase(lastTicket)
        return Entry(ticket: lastTicket, id: id)
    }

    private mutating func enqueueWoken(_ id: ID) {
        woken.append(issue(id) { .queued($0) })
    }

    private mutating func wakeSleepers(at now: ContinuousClock.Instant) {
        while let sleeper = sleepers.last, sleeper.due <= now {
            sleepers.removeLast()
            if case .sleeping(sleeper.entry.ticket) = phases[sleeper.entry.id] {
                enqueueWoken(sleeper.entry.id)
            }
        }
    }

    private mutating func takeWoken() -> ID? {
        while let entry = woken.popFirst() { if isCurrent(entry) { return entry.id } }
        return nil
    }

    private mutating func takeOngoing() -> ID? {
        while let entry = ongoing.popFirst() { if isCurrent(entry) { return entry.id } }
        return nil
    }

    private func isCurrent(_ entry: Entry) -> Bool {
        if case .queued(entry.ticket) = phases[entry.id] { true } else { false }
    }
}
