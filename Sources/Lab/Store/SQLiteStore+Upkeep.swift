import FoundationEssentials
import GRDB
import Glibc

extension SQLiteStore {
    package func usage() throws(StoreError) -> StoreUsage {
        try read { database in
            let count = { (table: String) in
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
            }
            return StoreUsage(
                bytes: try Self.bytesUsed(database), limits: limits, sessions: try count("sessions"),
                checkpoints: try count("checkpoints") + count("rungs"),
                experiments: try count("experiments WHERE deleted IS NULL"),
                links: try count("links"), journal: try count("journal"))
        }
    }

    @discardableResult
    package func sweep(_ limits: StoreLimits) throws(StoreError) -> StoreUsage {
        try StoreError.catching(path) {
            try database.write { database in
                try Self.forget(database, limits)
            }
            try database.writeWithoutTransaction { database in
                // The pragma frees one page a row it returns, so its rows have to be fetched.
                _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum")
                _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
        return try usage()
    }

    /// Deletes what is too old, and, if the quota is used up, what can be done without.
    static func forget(_ database: Database, _ limits: StoreLimits) throws {
        let now = Date.now
        try database.execute(
            sql: "DELETE FROM sessions WHERE updated < ? AND NOT isOpen",
            arguments: [now.addingTimeInterval(-limits.sessionAge).milliseconds])
        try database.execute(
            sql: "DELETE FROM setAside WHERE time < ?",
            arguments: [now.addingTimeInterval(-limits.sessionAge).milliseconds])
        try database.execute(
            sql: "DELETE FROM experiments WHERE deleted < ?",
            arguments: [now.addingTimeInterval(-limits.trashAge).milliseconds])
        for expendable in expendables {
            try shrink(database, below: limits.bytes) { try $0.execute(sql: expendable) }
        }
    }

    /// Sessions in the order in which they are forgotten: those used longest ago first, but before them those from an
    /// address that has stored very many, so that nobody pushes out what others have worked on. Sixteen is what a single
    /// person may well have; a classroom behind one address gives way only to those who have stored less.
    private static let leastMissed = """
        (SELECT id, isOpen, updated, count(*) OVER (PARTITION BY ifnull(origin, id)) / 16 AS crowd FROM sessions)
        """
    private static let order = "ORDER BY crowd DESC, updated LIMIT 16"

    /// What goes when the store is full, a few at a time: checkpoints before anything else, for recipes recompute them;
    /// charts; sessions that are put away; links that nobody saved. What somebody saved never goes.
    private static let expendables =
        ["rungs", "checkpoints", "charts"].map { table in
            """
            DELETE FROM \(table) WHERE session IN (
                SELECT id FROM \(leastMissed) WHERE id IN (SELECT session FROM \(table)) \(order))
            """
        } + [
            "DELETE FROM sessions WHERE id IN (SELECT id FROM \(leastMissed) WHERE NOT isOpen \(order))",
            """
            DELETE FROM links WHERE id IN (
                SELECT id FROM links WHERE id NOT IN (SELECT link FROM experiments WHERE link IS NOT NULL)
                ORDER BY used LIMIT 16)
            """,
        ]

    package func backup(to path: String) throws(StoreError) {
        try Self.copy(database, to: path)
    }

    /// Backs up the store in a folder that a running server may hold.
    package static func backup(folder: String, to path: String) throws(StoreError) {
        let file = "\(folder)/ganlab.sqlite"
        guard access(file, F_OK) == 0 else { throw .cannotOpen(path: folder, reason: "it holds no database") }
        let database = try StoreError.catching(file) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            return try DatabaseQueue(path: file, configuration: configuration)
        }
        try copy(database, to: path)
    }

    /// VACUUM INTO reads one snapshot, so writers go on writing; the name appears once the copy is whole.
    private static func copy(_ database: some DatabaseReader, to path: String) throws(StoreError) {
        guard access(path, F_OK) != 0 else { throw .alreadyExists(path: path) }
        let unfinished = path + ".unfinished"
        unlink(unfinished)
        defer { unlink(unfinished) }
        try StoreError.catching(path) {
            try database.unsafeRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [unfinished]) }
        }
        guard rename(unfinished, path) == 0 else {
            throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// Bytes of all pages in use.
    static func bytesUsed(_ database: Database) throws -> Int {
        let pragma = { (name: String) in try Int.fetchOne(database, sql: "PRAGMA \(name)") ?? 0 }
        return try (pragma("page_count") - pragma("freelist_count")) * pragma("page_size")
    }

    /// Repeats a deletion until enough is gone or nothing is left to delete.
    private static func shrink(
        _ database: Database, below limit: Int, _ deleteSome: (Database) throws -> Void
    ) throws {
        while try bytesUsed(database) > limit {
            try deleteSome(database)
            if database.changesCount == 0 { return }
        }
    }
}

extension SQLiteStore {
    /// Bounds the database file itself, in pages of 4,096 bytes; beyond, SQLite answers as if the disk were full.
    package func limitPages(_ pages: Int) throws(StoreError) {
        try StoreError.catching(path) {
            try database.writeWithoutTransaction {
                _ = try Row.fetchAll($0, sql: "PRAGMA max_page_count = \(pages)")
            }
        }
    }
}
