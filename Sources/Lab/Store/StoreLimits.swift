import FoundationEssentials

/// How much the store may hold, and for how long.
public struct StoreLimits: Hashable, Sendable {
    /// Bytes the database may fill.
    public var bytes: Int
    /// Seconds after which a session that nobody came back to is forgotten.
    public var sessionAge: TimeInterval
    /// Seconds in which a deleted experiment can be restored.
    public var trashAge: TimeInterval

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
