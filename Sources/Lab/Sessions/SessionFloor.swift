import GANEngine
import Synchronization

/// Where all sessions are: finds them by name, makes them, and ends those that nobody needs.
final class SessionFloor: Sendable {
    let trainers: TrainerPool
    let limits: LabLimits
    let archive: Archive
    let stepCounter = StepCounter()
    private let sessions = Mutex<[SessionID: Session]>([:])

    init(trainers: TrainerPool, limits: LabLimits, archive: Archive) {
        self.archive = archive
        self.trainers = trainers
        self.limits = limits
    }

    /// What is counted, all sessions together.
    var metrics: LabMetrics {
        let all = sessions.withLock { Array($0.values) }
        return LabMetrics(
            sessions: all.count, viewers: all.reduce(0) { $0 + $1.viewers },
            steps: stepCounter.total, trainers: trainers.trainers)
    }

    /// The session that somebody opens: the one of that name, or a new one.
    func session(for opening: FoundOpening) throws(CommandError) -> Session {
        if let id = opening.session, let session = find(id) { return session }
        let session = try make(opening)
        return try enter(session)
    }

    /// Whether the archive has to be asked before something can be opened.
    func mustLookUp(_ opening: Command.Opening) -> Bool {
        if let id = opening.session, find(id) != nil { return false }
        return opening.shortLink != nil || (opening.session != nil && archive.isLasting)
    }

    /// Asks the archive; `completion` is called on its thread.
    func lookUp(
        _ opening: Command.Opening,
        _ completion: @escaping @Sendable (Result<FoundOpening, CommandError>) -> Void
    ) {
        archive.queue.read { store throws(StoreError) in
            try FoundOpening.lookUp(opening, in: store)
        } _: { result in
            completion(result.mapError(CommandError.init).flatMap(\.self))
        }
    }

    /// Takes a session off the floor; its name still opens it again, from the store.
    func putAway(_ id: SessionID) {
        sessions.withLock { $0[id] = nil }
    }

    /// Writes every session down, when the trainers have stopped.
    func saveAll() {
        for session in sessions.withLock({ Array($0.values) }) { session.save() }
        archive.queue.drain()
    }

    /// The session of that name, if it is alive.
    func find(_ id: SessionID) -> Session? {
        sessions.withLock { $0[id] }
    }

    /// Tells every session's viewers that the server is about to end.
    func close(reason: String) {
        for session in sessions.withLock({ Array($0.values) }) { session.post(.close(reason: reason)) }
    }

    private func make(_ opening: FoundOpening) throws(CommandError) -> Session {
        do throws(RecipeError) {
            try opening.recipe.validate()
            let run = try opening.run(memory: limits.checkpointBytes)
            return Session(opening.session ?? .random(), run: run, startingAt: opening.start, floor: self)
        } catch {
            throw CommandError(error)
        }
    }

    /// Two viewers may have made the same session at the same time: the first one counts.
    private func enter(_ session: Session) throws(CommandError) -> Session {
        try sessions.withLock { sessions throws(CommandError) in
            if let existing = sessions[session.id] { return existing }
            if sessions.count >= limits.sessions { sessions.removeOldestUnwatched() }
            guard sessions.count < limits.sessions else {
                throw CommandError(
                    .serverFull,
                    "All \(limits.sessions) places of this lab are taken. Try again in a few minutes.")
            }
            sessions[session.id] = session
            return session
        }
    }
}

extension [SessionID: Session] {
    fileprivate mutating func removeOldestUnwatched() {
        let unwatched = values.compactMap { session in session.unwatchedSince.map { (session.id, $0) } }
        guard let oldest = unwatched.min(by: { $0.1 < $1.1 }) else { return }
        self[oldest.0] = nil
    }
}
