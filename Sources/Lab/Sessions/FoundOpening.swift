import GANEngine

/// What is opened, with all that had to be looked up.
struct FoundOpening: Sendable {
    var session: SessionID?
    var recipe: Recipe
    var start: SessionStart
    /// Weights to go on from, so that nothing is replayed.
    var checkpoint: Checkpoint?

    init(_ opening: Command.Opening) {
        session = opening.session
        recipe = opening.recipe ?? Recipe()
        start = SessionStart(step: opening.step, playing: opening.playing)
    }

    /// A session that was put away, or lived through a crash. The page may have seen it further than the store
    /// did: it goes on to there, to the same bits.
    init(_ opening: Command.Opening, _ record: SessionRecord, _ stored: StoredCheckpoint?) {
        self.init(opening)
        let isSame = opening.recipe == nil || opening.recipe == record.recipe
        recipe = record.recipe
        start = SessionStart(
            step: isSame ? max(record.step, opening.step) : record.step, playing: record.playing,
            speed: record.speed)
        if let stored, stored.step <= start.step { checkpoint = try? Checkpoint(bytes: stored.bytes) }
    }

    /// The run to begin with. A checkpoint that does not fit the recipe is passed over: replaying does without.
    func run(memory: Int) throws(RecipeError) -> Run {
        if let checkpoint, let run = try? Run(recipe, from: checkpoint, memory: memory) { return run }
        return try Run(recipe, memory: memory)
    }
}

extension FoundOpening {
    /// Looks up what an opening names.
    static func lookUp(_ opening: Command.Opening, in store: any Store) throws(StoreError) -> Result<
        Self, CommandError
    > {
        if let id = opening.session?.description, let record = try store.session(id) {
            return .success(FoundOpening(opening, record, try store.checkpoint(ofSession: id)))
        }
        guard let name = opening.shortLink else { return .success(FoundOpening(opening)) }
        guard let bytes = try store.link(name) else {
            return .failure(CommandError(.notFound, path: "link", "This link is not kept in this lab."))
        }
        do throws(LinkError) {
            let link = try Link(bytes: bytes)
            var linked = opening
            (linked.recipe, linked.step) = (link.recipe, link.step)
            return .success(FoundOpening(linked))
        } catch {
            return .failure(CommandError(error))
        }
    }
}
