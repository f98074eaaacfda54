import GANEngine
import Synchronization

/// Writes one session down, from the moment somebody works on it: each edit before anybody is told of it, and every few
/// seconds how far it has come.
struct SessionPersistence {
    /// What a crash can cost in steps is what a session runs in this time; they are run again, to the same bits.
    private static let interval = Duration.seconds(3)
    /// Charts are large and decide nothing: while a run goes on, they are written down less often.
    private static let chartInterval = Duration.seconds(10)
    /// How long to wait for a store that is slow to answer before asking again.
    private static let patience = Duration.milliseconds(100)

    /// A session that the process has outlived for so long is none that ends it at once.
    private static let probation = Duration.seconds(60)

    /// What a saved record says.
    private struct Saved: Equatable {
        var step: Int
        var revision: UInt32
        var isOpen: Bool
        var crashes: Int

        /// The same at another step.
        func at(step: Int) -> Saved {
            var saved = self
            saved.step = step
            return saved
        }
    }

    private let id: SessionID
    private let archive: Archive
    private let confirmations = Confirmations()
    /// Whether anybody has worked on the session. Before that there is nothing to keep.
    private(set) var isKeeping: Bool
    private var entries: [JournalEntry] = []
    private var saved: Saved?
    private var nextSave = ContinuousClock.now
    private var nextChart = ContinuousClock.now
    /// Steps of the earlier checkpoints that the store holds.
    private var storedSteps: Set<Int>
    /// How often in a row the process ended with the session in memory; forgotten when it has been put away in order, or
    /// has been here for a while.
    private let crashes: Int
    private let start = ContinuousClock.now

    init(
        _ id: SessionID, archive: Archive, storedSteps: Set<Int> = [], crashes: Int = 0, isKeeping: Bool
    ) {
        self.id = id
        self.archive = archive
        self.storedSteps = storedSteps
        self.crashes = crashes
        self.isKeeping = isKeeping
    }

    /// Begins to write the session down, which is about to be changed for the first time.
    mutating func begin(_ session: SessionState) {
        guard !isKeeping else { return }
        isKeeping = true
        save(session)
    }

    /// Notes what is to be written down with the next ``commit(_:)``.
    mutating func note(_ entry: JournalEntry) {
        guard isKeeping, archive.isLasting else { return }
        entries.append(entry)
        if let last = entry.keepsCheckpointsUpTo { storedSteps = storedSteps.filter { $0 <= last } }
    }

    /// Writes down what was noted and then calls `completion`, with the reason if that could not be done.
    mutating func commit(_ completion: @escaping @Sendable (StoreError?) -> Void) {
        guard !entries.isEmpty else { return completion(nil) }
        let changes = entries.map { StoreChange.journal(session: id.description, $0) }
        entries = []
        submit(changes, completion)
    }

    /// When the session should be saved, or nil if it is saved as it is.
    func due(_ session: SessionState) -> ContinuousClock.Instant? {
        guard isKeeping, archive.isLasting else { return nil }
        if confirmations.areAwaited { return max(nextSave, .now + Self.patience) }
        let isSaved = saved == state(of: session, isOpen: true, crashes: saved?.crashes ?? 0)
        guard isSaved, !confirmations.haveFailed else { return nextSave }
        return saved?.crashes == 0 ? nil : max(nextSave, start + Self.probation)
    }

    private func state(of session: SessionState, isOpen: Bool, crashes: Int) -> Saved {
        Saved(step: session.run.step, revision: session.revision, isOpen: isOpen, crashes: crashes)
    }

    /// Writes down how far the session has come, and its weights, now and at some earlier steps.
    mutating func save(_ session: SessionState, isOpen: Bool = true) {
        guard isKeeping, archive.isLasting else { return }
        let hasFailed = confirmations.takeFailure()
        let isTrusted = !isOpen || .now - start >= Self.probation
        let next = state(of: session, isOpen: isOpen, crashes: isTrusted ? 0 : crashes)
        let isUnchanged = saved?.at(step: next.step) == next && entries.isEmpty && !hasFailed
        // What was noted and not committed yet is part of the record; written after it, it would undo it.
        entries = []
        let record = session.record(isOpen: isOpen, crashes: next.crashes)
        submit([
            isUnchanged ? .progress(session: record.id, step: record.step, tip: record.tip) : .session(record)
        ])
        if hasFailed { storedSteps = [] }
        // Apart from the record: when the store is full, these alone are done without.
        submit(checkpoints(of: session.run) + chart(of: session, isOpen: isOpen), areExpendable: true)
        saved = next
        nextSave = .now + Self.interval
    }

    private mutating func chart(of session: SessionState, isOpen: Bool) -> [StoreChange] {
        let now = ContinuousClock.now
        guard !isOpen || !session.isActive || now >= nextChart else { return [] }
        nextChart = now + Self.chartInterval
        return [.chart(session: id.description, session.run.chart)]
    }

    private mutating func checkpoints(of run: Run) -> [StoreChange] {
        let session = id.description
        let latest = run.checkpoint()
        let ladder = run.shelf.ladder(within: StoredCheckpoints.mostBytes)
        let added = ladder.filter { !storedSteps.contains($0.step) }
        let removed = storedSteps.subtracting(ladder.map(\.step))
        storedSteps = Set(ladder.map(\.step))
        return [.checkpoint(StoredCheckpoint(session: session, latest))]
            + added.map { .rung(StoredCheckpoint(session: session, $0)) }
            + (removed.isEmpty ? [] : [.removeRungs(session: session, steps: removed)])
    }

    private func submit(
        _ changes: [StoreChange], areExpendable: Bool = false,
        _ completion: @escaping @Sendable (StoreError?) -> Void = { _ in }
    ) {
        confirmations.await()
        archive.queue.submit(changes) { [confirmations] error in
            // What a full store does without is not offered again: recipes recompute it.
            if areExpendable, case .overQuota = error {
                confirmations.confirm(nil)
            } else {
                confirmations.confirm(error)
            }
            completion(error)
        }
    }
}

extension StoredCheckpoint {
    init(session: String, _ checkpoint: Checkpoint) {
        self.init(session: session, step: checkpoint.step, bytes: checkpoint.bytes)
    }
}

/// What the store has been asked to write and has not confirmed; it answers on a thread of its own.
private final class Confirmations: Sendable {
    private let awaited = Atomic<Int>(0)
    private let failed = Atomic<Bool>(false)

    var areAwaited: Bool { awaited.load(ordering: .acquiring) > 0 }
    /// Whether something was refused that is still to be written.
    var haveFailed: Bool { failed.load(ordering: .acquiring) }

    func await() {
        awaited.add(1, ordering: .acquiringAndReleasing)
    }

    func confirm(_ error: StoreError?) {
        if error != nil { failed.store(true, ordering: .releasing) }
        awaited.subtract(1, ordering: .acquiringAndReleasing)
    }

    func takeFailure() -> Bool {
        failed.exchange(false, ordering: .acquiringAndReleasing)
    }
}

extension SessionState {
    /// The session as the store keeps it.
    func record(isOpen: Bool, crashes: Int) -> SessionRecord {
        SessionRecord(
            id: id.description, recipe: run.recipe, step: goal, tip: run.tip, playing: isActive,
            speed: speed, editHistory: editHistory, twin: comparison?.twin, owner: owner, origin: origin,
            isOpen: isOpen, crashes: crashes)
    }

    /// The step to be found at later. Steps of one network alone that were not made yet are not made up for.
    private var goal: Int {
        if case .underway(let task) = activity, task.only == nil { task.target } else { run.step }
    }
}
