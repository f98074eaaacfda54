import GANEngine
import Synchronization

/// A recipe being run for somebody.
///
/// Anybody may post messages from any thread; one trainer at a time takes them up between two slices of steps.
final class Session: Sendable, Work {
    /// What a session is told.
    enum Message: Sendable {
        case join(any Client, of: Visitor, id: Int?)
        case leave(any Client)
        case command(Command, id: Int?, from: any Client)
        /// Hands over a snapshot of the session, on a trainer.
        case takeSnapshot(@Sendable (SessionSnapshot) -> Void)
        /// Sends its viewers away if none of them has worked on it.
        case dismiss
    }

    let id: SessionID
    /// Who opened it.
    let client: ClientAddress
    private let trainers: WorkerPool
    private let stepCounter: StepCounter
    /// Takes the session out of the registry, unless somebody has just come.
    private let putAway: @Sendable (Session) -> Bool
    private let inbox = Mutex(Inbox())
    /// Touched only inside ``slice(until:)``, which the pool never runs twice at once: the lock is never waited for.
    private let state: Mutex<SessionState>
    private let standing: Mutex<Standing>
    private let leaving = Atomic<Bool>(false)
    private let isAway = Atomic<Bool>(false)

    private struct Inbox {
        var messages = Queue<Message>()
        var count = 0
    }

    /// What others may know of it between two slices.
    private struct Standing {
        var watchers = 0
        var isTouched: Bool
        /// Since when nobody watches, or, if somebody does, since when it has been here.
        var since = ContinuousClock.now
    }

    init(_ opening: ResolvedOpening, run: sending Run, client: ClientAddress, registry: SessionRegistry) {
        id = opening.session ?? .random()
        self.client = client
        standing = Mutex(Standing(isTouched: opening.isTouched))
        trainers = registry.trainers
        stepCounter = registry.stepCounter
        putAway = { [weak registry] session in registry?.putAway(session) ?? true }
        state = Mutex(SessionState(id: id, opening, run: run, registry: registry))
    }

    /// How many people watch.
    var viewers: Int { standing.withLock { $0.watchers } }

    /// The place it takes.
    var occupant: Places.Occupant {
        standing.withLock { standing in
            Places.Occupant(
                session: id, client: client, isTouched: standing.isTouched, isWatched: standing.watchers > 0,
                since: standing.since)
        }
    }

    /// Whether it was told to make room.
    var isLeaving: Bool { leaving.load(ordering: .relaxed) }

    /// Whether everything that was said to it has been taken up.
    var hasNoMail: Bool { inbox.withLock { $0.count == 0 } }

    /// Whether so much waits to be taken up that no more should be said to it for now.
    var isBehind: Bool { inbox.withLock { $0.count >= Self.mostMail } }
    private static let mostMail = 64

    /// Leaves a message; it is read within milliseconds.
    func post(_ message: Message) {
        inbox.withLock { inbox in
            inbox.messages.append(message)
            inbox.count += 1
        }
        trainers.wake(self)
    }

    /// Has it put away with its next slice, unless somebody comes, or begins to work on it, before that.
    func leaveSoon() {
        leaving.store(true, ordering: .relaxed)
        if viewers > 0 { post(.dismiss) } else { trainers.wake(self) }
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        guard !isAway.load(ordering: .relaxed) else { return .idle }
        let mustLeave = leaving.exchange(false, ordering: .relaxed)
        let (progress, isNeeded) = state.withLock { state in
            let before = state.stepsRun
            let progress = state.slice(reading: nextMessage, until: deadline)
            stepCounter.add(state.stepsRun - before)
            note(watchers: state.viewerCount, isTouched: state.isTouched)
            let isNeeded = state.viewerCount > 0 || !(state.isForgotten || mustLeave)
            if !isNeeded { state.persistence.save(state, isOpen: false) }
            return (progress, isNeeded)
        }
        if isNeeded { return hasNoMail ? progress : .again }
        // The store has been asked to write it down before anybody can ask the store for it.
        guard putAway(self) else { return .again }
        isAway.store(true, ordering: .relaxed)
        return .idle
    }

    private func nextMessage() -> Message? {
        inbox.withLock { inbox in
            let message = inbox.messages.popFirst()
            if message != nil { inbox.count -= 1 }
            return message
        }
    }

    /// Writes the session down as it is and lets its viewers go, when no trainer runs any more.
    func end() {
        state.withLock { state in
            state.persistence.save(state, isOpen: false)
            state.subscribers = Subscribers()
            state.waiting = []
        }
    }

    private func note(watchers count: Int, isTouched: Bool) {
        standing.withLock { standing in
            standing.isTouched = isTouched
            if (count == 0) != (standing.watchers == 0) { standing.since = .now }
            standing.watchers = count
        }
    }
}
