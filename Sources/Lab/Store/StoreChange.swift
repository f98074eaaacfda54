import FoundationEssentials

/// One thing that is written. A ``Store`` commits a list of them as one transaction.
package enum StoreChange: Sendable {
    /// The session as it is now. Replaces the stored one and settles its journal.
    case session(SessionRecord)
    /// A session of which nothing but this has changed.
    case progress(session: String, step: Int, tip: Int)
    /// Something happened to a session; appended before anybody is told that it did.
    case journal(session: String, JournalEntry)
    /// State to continue from; replaces the session's previous one.
    case checkpoint(StoredCheckpoint)
    /// State to go back to; kept beside the others.
    case rung(StoredCheckpoint)
    case removeRungs(session: String, steps: Set<Int>)
    /// The session's charts; they replace the ones before.
    case chart(session: String, Chart)
    /// The session is about to be in memory. Written before it is, so that what it then does to the process is known.
    case waking(session: String)
    /// Takes a session that cannot be resumed out of the way, and keeps it for somebody who wants to find out why.
    case setAside(session: String)
    /// Forgets the session, its journal and its checkpoint.
    case removeSession(String)

    /// Saves an experiment, or changes a saved one.
    case experiment(ExperimentRecord)
    /// Deletes a saved experiment in such a way that it can be restored.
    case trashExperiment(String, at: Date)
    /// Takes that back.
    case restoreExperiment(String)

    /// Keeps bytes too long for a link under a short id.
    case link(id: String, bytes: [UInt8])
    /// Notes that such a link was followed: it is kept longer than others.
    case linkUsed(id: String)

    /// Whether the store grows with it.
    var takesRoom: Bool {
        switch self {
        case .session, .journal: true
        default: needsRoom
        }
    }

    /// About how many bytes it writes, not counting what is small.
    var bytes: Int {
        switch self {
        case .checkpoint(let checkpoint), .rung(let checkpoint): checkpoint.bytes.count
        case .chart(_, let chart): chart.points.count * MemoryLayout<ChartPoint>.stride
        case .experiment(let record): record.thumbnail.count
        case .link(_, let bytes): bytes.count
        default: 0
        }
    }

    /// Whether it is refused as soon as the quota is used up. Edits to sessions have a reserve of their own.
    var needsRoom: Bool {
        switch self {
        case .checkpoint, .rung, .chart, .experiment, .link: true
        case .session, .progress, .journal, .removeRungs, .removeSession, .waking, .setAside: false
        case .trashExperiment, .restoreExperiment, .linkUsed: false
        }
    }
}
