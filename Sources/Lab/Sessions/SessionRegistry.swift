import GANEngine
import Synchronization

/// Where all sessions are: finds them by name, makes them, and puts away those that nobody needs.
///
/// Whether a session is here is decided under one lock, and so is whatever is said to it by its name: nobody ever speaks
/// to a session that was put away, and no session is ever here twice.
final class SessionRegistry: Sendable {
    let trainers: WorkerPool
    /// For what takes longer than a slice of training.
    let jobs: JobQueue
    let limits: LabLimits
    let archive: Archive
    let stepCounter = StepCounter()
    let known = KnownRuns()
    /// Turns addresses into what the store may know of them. New with every start, so that nothing on the disk says who
    /// somebody was.
    private let originKey = OwnerToken().text
    private let state = Mutex(State())

    private struct State {
        var sessions: [SessionID: Session] = [:]
        /// How many have been put away so far.
        var departures = 0

        /// Gives a session a place. Whoever makes room for it takes a moment to leave.
        mutating func enter(_ session: Session, _ places: Places) throws(CommandError) -> Session {
            let present = sessions.values.filter { !$0.isLeaving }.map(\.occupant)
            switch places.admission(of: session.client, among: present, at: .now) {
            case .free: break
            case .insteadOf(let other): sessions[other]?.leaveSoon()
            case .refused(let isFullForAll): throw .full(places.total, forAll: isFullForAll)
            }
            sessions[session.id] = session
            return session
        }
    }

    init(trainers: WorkerPool, jobs: JobQueue, limits: LabLimits, archive: Archive) {
        self.archive = archive
        self.trainers = trainers
        self.jobs = jobs
        self.limits = limits
    }

    /// What is counted, all sessions together.
    var metrics: LabMetrics {
        let all = sessions
        return LabMetrics(
            sessions: all.count, viewers: all.reduce(0) { $0 + $1.viewers },
            steps: stepCounter.total, trainers: trainers.trainers)
    }

    private var places: Places {
        Places(total: limits.sessions, isLasting: archive.isLasting, absence: limits.putAwayAfter)
    }

    // MARK: Coming

    /// Brings a client into the session that it opens: the one of that name, or a new one, which is the visitor's own. Nil
    /// if what was found is out of date, because the session was put away meanwhile: look it up again.
    func bring(
        _ client: any Client, of visitor: Visitor, id: Int?, to opening: ResolvedOpening
    ) throws(CommandError) -> Session? {
        let join = Session.Message.join(client, of: visitor, id: id)
        if let session = post(join, to: opening.session) { return session }
        var opening = opening
        if !opening.isStored {
            guard !opening.mustExist else {
                throw CommandError(.notFound, path: "session", "This session is not here any more.")
            }
            opening.owner = opening.owner ?? visitor.key
        }
        let made = try make(opening, for: visitor.client)
        return try state.withLock { state throws(CommandError) in
            if opening.session == nil || !archive.isLasting || opening.departures == state.departures
                || state.sessions[made.id] != nil
            {
                let present = state.sessions[made.id]
                let session = if let present { present } else { try state.enter(made, places) }
                session.post(join)
                return session
            }
            return nil
        }
    }

    /// Makes a session that nobody watches yet.
    func session(for opening: ResolvedOpening, of client: ClientAddress) throws(CommandError) -> Session {
        let made = try make(opening, for: client)
        return try state.withLock { state throws(CommandError) in try state.enter(made, places) }
    }

    /// Whether the archive has to be asked before something can be opened.
    func mustLookUp(_ opening: Command.Opening) -> Bool {
        if let id = opening.session, state.withLock({ $0.sessions[id] }) != nil { return false }
        return opening.shortLink != nil || (opening.session != nil && archive.isLasting)
    }

    /// Asks the archive; `completion` is called on its thread.
    func lookUp(
        _ opening: Command.Opening,
        _ completion: @escaping @Sendable (Result<ResolvedOpening, CommandError>) -> Void
    ) {
        let departures = state.withLock { $0.departures }
        archive.queue.read { store throws(StoreError) in
            try ResolvedOpening.lookUp(opening, in: store)
        } _: { result in
            let found = result.mapError(CommandError.init).flatMap(\.self)
            completion(
                found.map { found in
                    var found = found
                    found.departures = departures
                    return found
                })
        }
        if let link = opening.shortLink { archive.queue.submit([.linkUsed(id: link)]) }
    }

    private func make(_ opening: ResolvedOpening, for client: ClientAddress) throws(CommandError) -> Session {
        var opening = opening
        opening.origin = opening.origin ?? origin(of: client)
        do throws(RecipeError) {
            try opening.recipe.validate()
            let run = try opening.run(memory: limits.checkpointBytes, knowing: known)
            return Session(opening, run: run, client: client, registry: self)
        } catch {
            throw CommandError(error)
        }
    }

    /// What stands for an address in the store.
    func origin(of client: ClientAddress) -> [UInt8] { client.pseudonym(under: originKey) }

    // MARK: Being here

    /// Says something to the session of that name; returns it, or nil if it is not here.
    @discardableResult
    func post(_ message: Session.Message, to id: SessionID?) -> Session? {
        state.withLock { state in
            let session = id.flatMap { state.sessions[$0] }
            session?.post(message)
            return session
        }
    }

    private var sessions: [Session] { state.withLock { Array($0.sessions.values) } }

    // MARK: Going

    /// Takes a session out of the registry, once it has been written down; its name still opens it again, from the store.
    /// False if somebody has just come to it: then it stays.
    func putAway(_ session: Session) -> Bool {
        let isGone = state.withLock { state in
            guard session.hasNoMail else { return false }
            state.sessions[session.id] = nil
            state.departures += 1
            return true
        }
        if isGone { jobs.returnMemorySoon() }
        return isGone
    }

    /// Writes every session down and lets it go, when the trainers have stopped.
    func end() {
        for session in sessions { session.end() }
        state.withLock { $0.sessions = [:] }
    }
}

extension CommandError {
    fileprivate static func full(_ places: Int, forAll: Bool) -> CommandError {
        CommandError(
            .serverFull,
            forAll
                ? "All \(places) places of this lab are taken. Try again in a few minutes."
                : "Your address has as many of this lab's \(places) places as one may have while others need some. "
                    + "Try again in a few minutes.")
    }
}
