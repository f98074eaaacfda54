import GANEngine
import Synchronization

/// A recipe being run for somebody.
///
/// Anybody may post messages from any thread; one trainer at a time takes them up between two slices of steps.
final class Session: Sendable, Work {
    /// What a session is told.
    enum Message: Sendable {
        case join(Viewer, id: Int?)
        case leave(Viewer)
        case command(Command, id: Int?, from: Viewer)
        /// Hands over a portrait of the session, on a trainer.
        case portray(@Sendable (Portrait) -> Void)
        case close(reason: String)
    }

    let id: SessionID
    private let trainers: TrainerPool
    private let stepCounter: StepCounter
    /// Takes the session off the floor.
    private let putAway: @Sendable (SessionID) -> Void
    private let inbox = Mutex<[Message]>([])
    /// Touched only inside ``slice(until:)``, which the pool never runs twice at once: the lock is never waited for.
    private let state: Mutex<SessionState>
    private let watchers = Mutex<Watchers>(Watchers())

    private struct Watchers {
        var count = 0
        var goneSince: ContinuousClock.Instant? = .now
    }

    init(_ id: SessionID, run: sending Run, startingAt start: SessionStart, floor: SessionFloor) {
        self.id = id
        trainers = floor.trainers
        stepCounter = floor.stepCounter
        putAway = { [weak floor] id in floor?.putAway(id) }
        state = Mutex(
            SessionState(
                id: id, run: run, startingAt: start, limits: floor.limits, archive: floor.archive))
    }

    /// How many people watch.
    var viewers: Int { watchers.withLock { $0.count } }

    /// Since when nobody watches, or nil if somebody does.
    var unwatchedSince: ContinuousClock.Instant? { watchers.withLock { $0.goneSince } }

    /// Leaves a message; it is read within milliseconds.
    func post(_ message: Message) {
        inbox.withLock { $0.append(message) }
        trainers.wake(self)
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        let messages = inbox.withLock { inbox in
            defer { inbox.removeAll() }
            return inbox
        }
        return state.withLock { state in
            let before = state.stepsRun
            let progress = state.slice(reading: messages, until: deadline)
            stepCounter.add(state.stepsRun - before)
            note(watchers: state.viewerCount)
            if state.isForgotten {
                state.keeper.save(state)
                putAway(id)
                return .idle
            }
            return progress
        }
    }

    /// Writes the session down as it is, when no trainer runs any more.
    func save() {
        state.withLock { $0.keeper.save($0) }
    }

    private func note(watchers count: Int) {
        watchers.withLock { watchers in
            guard count != watchers.count else { return }
            watchers.count = count
            watchers.goneSince = count == 0 ? .now : nil
        }
    }
}
