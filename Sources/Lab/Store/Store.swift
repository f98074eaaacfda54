/// Where the lab keeps what must outlive the process: sessions, saved experiments, long links.
///
/// Every call blocks until it is done, so call it through a ``StoreQueue``, never on the event loop or a trainer.
/// Changes are values and one `commit` is one transaction: that is all an implementation on another database has
/// to provide besides a handful of look-ups.
package protocol Store: Sendable {
    /// Makes all changes, or none; when this returns they survive a crash of the process and of the machine.
    func commit(_ changes: [StoreChange]) throws(StoreError)

    /// The session with everything its journal says, or nil if it is not known.
    func session(_ id: String) throws(StoreError) -> SessionRecord?
    /// Who owned the session of that name that was set aside last, if there is one and it had an owner.
    func ownerOfSetAside(_ id: String) throws(StoreError) -> OwnerToken.Hash?
    /// All sessions, the most recently used first.
    func sessions() throws(StoreError) -> [SessionSummary]
    /// What the session was at some of its steps, in their order: from there it goes on, or back, without replaying all.
    func checkpoints(ofSession id: String) throws(StoreError) -> [StoredCheckpoint]

    /// The session's charts, as they were not long before it was left.
    func chart(ofSession id: String) throws(StoreError) -> Chart?

    /// The saved experiment, also while it can still be restored after a deletion.
    func experiment(_ id: String) throws(StoreError) -> ExperimentRecord?
    /// A page of the gallery.
    func experiments(_ query: ExperimentQuery) throws(StoreError) -> ExperimentPage

    /// The bytes that were put under this short id.
    func link(_ id: String) throws(StoreError) -> [UInt8]?

    /// What is stored, and how much room it takes.
    func usage() throws(StoreError) -> StoreUsage
    /// Forgets what the limits no longer allow; returns what is left.
    @discardableResult
    func sweep(_ limits: StoreLimits) throws(StoreError) -> StoreUsage
    /// Writes a consistent copy to a new file while the store stays in use.
    func backup(to path: String) throws(StoreError)

    /// Ends its use: every call from now on fails, and another store may open what this one kept.
    func close()
}
