/// What one visitor, and all of them together, may cost.
public struct LabLimits: Sendable {
    /// Sessions alive at once. One address alone gets eight ninths of them (``Places``): a class of 300 behind one
    /// address has room.
    public var sessions = 400
    /// People watching one session.
    public var viewersPerSession = 128
    /// Memory for one session's checkpoints, in bytes.
    public var checkpointBytes = 16 << 20
    /// Commands of one viewer that wait their turn, and how many bytes of them. While there are more, no more are read.
    public var pendingCommands = 1024
    public var pendingBytes = 1 << 20
    /// Work besides training that is accepted at a time.
    package var jobs = JobQueue.Limits()
    /// How long a session trains on when nobody watches.
    public var unwatchedTraining = Duration.seconds(60)
    /// How long a session that nobody watches stays in memory; after that it is put away in the store.
    public var putAwayAfter = Duration.seconds(300)
    /// The same for a session that takes more memory than most: as soon as it trains no more.
    var putLargeAwayAfter: Duration { min(unwatchedTraining, putAwayAfter) }

    /// How often what the store may no longer hold is removed from it.
    public var sweepInterval = Duration.seconds(600)

    /// The defaults.
    public init() {}
}
