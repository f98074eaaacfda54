import GANEngine

/// Writes one session down: each edit before anybody is told of it, and every few seconds how far it has come.
struct SessionKeeper {
    /// What a crash can cost in steps is what a session runs in this time; they are run again, to the same bits.
    private static let interval = Duration.seconds(3)

    private let id: SessionID
    private let archive: Archive
    private var entries: [JournalEntry] = []
    private var saved: (step: Int, revision: UInt32)?
    private var nextSave = ContinuousClock.now

    init(_ id: SessionID, archive: Archive) {
        self.id = id
        self.archive = archive
    }

    /// Notes what is to be written down with the next ``commit(_:)``.
    mutating func note(_ entry: JournalEntry) {
        if archive.isLasting { entries.append(entry) }
    }

    /// Writes down what was noted and then calls `completion`, with the reason if that could not be done.
    mutating func commit(_ completion: @escaping @Sendable (StoreError?) -> Void) {
        guard !entries.isEmpty else { return completion(nil) }
        let changes = entries.map { StoreChange.journal(session: id.description, $0) }
        entries = []
        archive.queue.submit(changes, completion)
    }

    /// When the session should be saved, or nil if it is saved as it is.
    func due(_ session: SessionState) -> ContinuousClock.Instant? {
        guard archive.isLasting else { return nil }
        if let saved, saved == (session.run.step, session.revision) { return nil }
        return nextSave
    }

    /// Writes down how far the session has come, and its weights.
    mutating func save(_ session: SessionState) {
        guard archive.isLasting else { return }
        // What was noted and not committed yet is part of the record; written after it, it would undo it.
        entries = []
        let checkpoint = session.run.checkpoint()
        archive.queue.submit([
            .session(session.record),
            .checkpoint(
                StoredCheckpoint(session: id.description, step: checkpoint.step, bytes: checkpoint.bytes)),
        ])
        saved = (session.run.step, session.revision)
        nextSave = .now + Self.interval
    }
}

extension SessionState {
    /// The session as the store keeps it.
    var record: SessionRecord {
        SessionRecord(
            id: id.description, recipe: run.recipe, step: destination ?? run.step, playing: isActive,
            speed: speed)
    }
}
