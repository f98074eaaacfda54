import FoundationEssentials

/// One thing that is written. A ``Store`` commits a list of them as one transaction.
package enum StoreChange: Sendable {
    /// The session as it is now. Replaces the stored one and settles its journal.
    case session(SessionRecord)
    /// Something happened to a session; appended before anybody is told that it did.
    case journal(session: String, JournalEntry)
    /// State to continue from; replaces the session's previous one.
    case checkpoint(StoredCheckpoint)
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

    /// Whether the store may refuse it when the quota is used up. An edit to a session that exists is never refused.
    var needsRoom: Bool {
        switch self {
        case .checkpoint, .experiment, .link: true
        case .session, .journal, .removeSession, .trashExperiment, .restoreExperiment: false
        }
    }
}
