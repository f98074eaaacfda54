import FoundationEssentials
import GRDB
import Glibc

/// The gallery in a data folder as its operator sees it: everything in it, whoever saved it, also while a lab runs on it.
public struct GalleryFolder {
    /// A saved experiment.
    public struct Entry: Sendable {
        /// Names it in ``GalleryFolder/delete(_:)``, and in the addresses of its picture and film.
        public let id: String
        public let created: Date
        /// When its owner deleted it; until it is swept it can be restored.
        public let deleted: Date?
        public let title: String
        /// Whoever saved it, in their own words.
        public let nickname: String
        /// What it fills in the database, without the pages' own share.
        public let bytes: Int
    }

    private let path: String
    private let database: DatabaseQueue

    /// Opens the database that a lab has made in a folder. The error says in one line what is wrong.
    public init(folder: String) throws {
        let path = "\(folder)/ganlab.sqlite"
        guard access(path, F_OK) == 0 else {
            throw StoreError.cannotOpen(path: folder, reason: "it holds no database")
        }
        self.path = path
        // A running lab writes, too: one waits for the other.
        database = try StoreError.catching(path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            return try DatabaseQueue(path: path, configuration: configuration)
        }
        try StoreError.catching(path) {
            try database.read { database in
                guard try !SQLiteTables.migrations.hasBeenSuperseded(database) else {
                    throw StoreError.newer(path: path)
                }
                guard try SQLiteTables.migrations.hasCompletedMigrations(database) else {
                    throw StoreError.cannotOpen(
                        path: folder, reason: "an older version wrote it; start this version's lab on it once"
                    )
                }
            }
        }
    }

    /// All that is saved, the oldest first; what was deleted and can be restored is among it.
    public func entries() throws -> [Entry] {
        try StoreError.catching(path) {
            try database.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT id, created, deleted, title, nickname,
                            length(thumbnail) + length(CAST(recipe AS BLOB)) + length(CAST(note AS BLOB)) AS bytes
                        FROM experiments ORDER BY created, id
                        """
                ).map { row in
                    Entry(
                        id: row["id"], created: Date(milliseconds: row["created"]),
                        deleted: (row["deleted"] as Int64?).map(Date.init(milliseconds:)),
                        title: row["title"],
                        nickname: row["nickname"], bytes: row["bytes"])
                }
            }
        }
    }

    /// Deletes experiments for good, with the long links that only they need; returns the names that nothing is saved under.
    public func delete(_ ids: [String]) throws -> [String] {
        try StoreError.catching(path) {
            try database.write { database in
                try ids.filter { id in
                    let link = try String.fetchOne(
                        database, sql: "SELECT link FROM experiments WHERE id = ?", arguments: [id])
                    try database.execute(sql: "DELETE FROM experiments WHERE id = ?", arguments: [id])
                    guard database.changesCount > 0 else { return true }
                    try database.execute(
                        sql: """
                            DELETE FROM links WHERE id = ?1
                            AND NOT EXISTS (SELECT 1 FROM experiments WHERE link = ?1)
                            """,
                        arguments: [link])
                    return false
                }
            }
        }
    }
}
