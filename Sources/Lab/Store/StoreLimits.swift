import FoundationEssentials

/// How much the store may hold, and for how long.
public struct StoreLimits: Hashable, Sendable {
    /// Bytes the database may fill.
    public var bytes: Int
    /// Seconds after which a session that nobody came back to is forgotten.
    public var sessionAge: TimeInterval
    /// Seconds in which a deleted experiment can be restored.
    public var trashAge: TimeInterval

    /// Experiments that one browser may have in the gallery, those that can still be restored among them.
    public var experimentsPerOwner = 500
    /// The same for all browsers behind one address since the server was started: sixteen for each of a class of 300.
    public var experimentsPerAddress = 5_000

    /// Bytes beyond ``bytes`` that are kept for edits to sessions: they are only refused when these are used up as well.
    var reserve: Int { bytes / 8 }

    /// In seconds.
    public static let day: TimeInterval = 86_400

    /// A gigabyte, three months, a week.
    public init(
        bytes: Int = 1 << 30, sessionAge: TimeInterval = 90 * day, trashAge: TimeInterval = 7 * day
    ) {
        self.bytes = bytes
        self.sessionAge = sessionAge
        self.trashAge = trashAge
    }
}

/// What the store holds.
package struct StoreUsage: Hashable, Sendable {
    /// Bytes in use in the database, free pages not counted.
    package let bytes: Int
    package let limits: StoreLimits
    package let sessions: Int
    package let checkpoints: Int
    package let experiments: Int
    package let links: Int
    /// Journal entries that are not part of their session's record yet.
    package let journal: Int
}
