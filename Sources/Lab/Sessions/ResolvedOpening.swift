import GANEngine

/// What is opened, with all that had to be looked up.
struct ResolvedOpening: Sendable {
    var session: SessionID?
    var recipe: Recipe
    var start: SessionStart
    /// Whose the session is, or was before it was set aside; nil if it was stored before sessions had owners, or is
    /// new: then it is whose browser opens it first.
    var owner: OwnerToken.Hash?
    /// Whether the session was found, and not only what to make it from.
    var isStored = false
    /// Whether there is more to it than its recipe says: somebody has worked on it, or brought it.
    var isTouched = false
    /// From where it was opened first, as the store knows it.
    var origin: [UInt8]?
    /// Refuses to make what was not found.
    var mustExist: Bool
    /// Weights to go on from, so that little is replayed.
    var checkpoints: [Checkpoint] = []
    /// What can be undone, if it was here before.
    var editHistory = EditHistory()
    /// What it was compared with.
    var twin: StoredTwin?
    var chart: Chart?
    /// The furthest step that had been reached.
    var tip = 0
    /// Steps of the earlier checkpoints that the store holds.
    var storedSteps: Set<Int> = []
    /// How often in a row the process ended while it was in memory.
    var crashes = 0
    /// What whoever opens it should know.
    var notice: String?
    /// How many sessions had been put away when the store was asked, or nil if it was not: what it says of a session
    /// that was put away later is out of date.
    var departures: Int?

    init(_ opening: Command.Opening) {
        session = opening.session
        recipe = opening.recipe ?? Recipe()
        start = SessionStart(step: opening.step, playing: opening.playing)
        mustExist = opening.mustExist
    }

    /// A session that was put away, or lived through a crash. The page may have seen it further than the store
    /// did: it goes on to there, to the same bits.
    init(
        _ opening: Command.Opening, _ record: SessionRecord, _ stored: [StoredCheckpoint], _ chart: Chart?
    ) {
        self.init(opening)
        let isSame = opening.recipe == nil || opening.recipe == record.recipe
        recipe = record.recipe
        start = SessionStart(
            step: isSame ? max(record.step, opening.step) : record.step, playing: record.playing,
            speed: record.speed)
        owner = record.owner
        isStored = true
        isTouched = true
        origin = record.origin
        checkpoints = stored.compactMap { try? Checkpoint(bytes: $0.bytes) }
        storedSteps = Set(stored.map(\.step))
        crashes = record.crashes
        if crashes >= SessionStart.mostCrashes {
            let reached = checkpoints.map(\.step).filter { $0 <= start.step }.max() ?? 0
            start = SessionStart(step: reached, speed: record.speed, isHeld: true)
            notice = """
                The lab ended unexpectedly \(crashes) times in a row while this session was open, so it waits here, at \
                step \(reached), until somebody goes on.
                """
        }
        editHistory = record.editHistory
        twin = record.twin
        tip = record.tip
        self.chart = chart
        self.chart?.truncate(after: tip)
    }

    /// The run to begin with, as near to its first step as what is known of it allows.
    func run(memory: Int, knowing known: KnownRuns) throws(RecipeError) -> Run {
        let past = known.past(of: recipe, upTo: start.step)
        let run = try Run(recipe, near: start.step, knowing: checkpoints + past.checkpoints, memory: memory)
        run.tip = max(run.tip, tip)
        run.chart = chart ?? past.chart
        return run
    }
}

extension ResolvedOpening {
    /// Looks up what an opening names.
    static func lookUp(_ opening: Command.Opening, in store: any Store) throws(StoreError) -> Result<
        Self, CommandError
    > {
        var owner: OwnerToken.Hash?
        if let id = opening.session?.description {
            do throws(StoreError) {
                if let found = try wake(id, for: opening, in: store) { return .success(found) }
            } catch .unreadable {
                try store.commit([.setAside(session: id)])
                var anew = ResolvedOpening(opening)
                anew.owner = try store.ownerOfSetAside(id)
                anew.notice = """
                    What was kept of this session cannot be run any more. It was set aside, and this is a new one.
                    """
                return .success(anew)
            }
            owner = try store.ownerOfSetAside(id)
        }
        guard let name = opening.shortLink else {
            var found = ResolvedOpening(opening)
            found.owner = owner
            return .success(found)
        }
        guard let bytes = try store.link(name) else {
            return .failure(CommandError(.notFound, path: "link", "This link is not kept in this lab."))
        }
        do throws(LinkError) {
            let link = try Link(bytes: bytes)
            var linked = opening
            linked.recipe = link.recipe
            if opening.step == 0 { linked.step = min(link.step, Command.furthestStep) }
            var found = ResolvedOpening(linked)
            found.owner = owner
            return .success(found)
        } catch {
            return .failure(CommandError(error))
        }
    }

    /// The session that was put away under this name, marked as in memory again before it is.
    private static func wake(
        _ id: String, for opening: Command.Opening, in store: any Store
    ) throws(StoreError) -> ResolvedOpening? {
        guard let record = try store.session(id) else { return nil }
        let checkpoints = try store.checkpoints(ofSession: id)
        let chart = try store.chart(ofSession: id)
        try store.commit([.waking(session: id)])
        return ResolvedOpening(opening, record, checkpoints, chart)
    }
}
