import FoundationEssentials
import GANEngine
import GRDB

extension SQLiteStore {
    package func session(_ id: String) throws(StoreError) -> SessionRecord? {
        try read { try Self.session(id, in: $0) }
    }

    package func sessions() throws(StoreError) -> [SessionSummary] {
        try read { database in
            try Row.fetchAll(
                database,
                sql:
                    "SELECT id, playing, originSession, originStep, updated FROM sessions ORDER BY updated DESC"
            ).map { row in
                SessionSummary(
                    id: row["id"], playing: row["playing"], origin: SessionRecord.Origin(row),
                    updated: Date(milliseconds: row["updated"]))
            }
        }
    }

    package func checkpoint(ofSession id: String) throws(StoreError) -> StoredCheckpoint? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT step, bytes FROM checkpoints WHERE session = ?", arguments: [id]
            ).map { StoredCheckpoint(session: id, step: $0["step"], bytes: $0.bytes("bytes")) }
        }
    }

    /// The record with its journal applied.
    static func session(_ id: String, in database: Database) throws -> SessionRecord? {
        let row = try database.cachedStatement(sql: "SELECT * FROM sessions WHERE id = ?")
        guard let row = try Row.fetchOne(row, arguments: [id]) else { return nil }
        var record = SessionRecord(
            id: id, recipe: try JSON.decode(Recipe.self, from: row["recipe"] as String), step: row["step"],
            playing: row["playing"], speed: row["speed"], origin: SessionRecord.Origin(row),
            memo: row["memo"], updated: Date(milliseconds: row["updated"]))
        let journal = try database.cachedStatement(
            sql: "SELECT entry FROM journal WHERE session = ? ORDER BY sequence")
        for entry in try String.fetchAll(journal, arguments: [id]) {
            record.apply(try JSON.decode(JournalEntry.self, from: entry))
        }
        return record
    }

    static func write(_ record: SessionRecord, to database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET recipe = excluded.recipe, step = excluded.step,
                    playing = excluded.playing, speed = excluded.speed, originSession = excluded.originSession,
                    originStep = excluded.originStep, memo = excluded.memo, updated = excluded.updated
                """,
            arguments: [
                record.id, try JSON.text(record.recipe), record.step, record.playing, record.speed,
                record.origin?.session, record.origin?.step, record.memo, record.updated.milliseconds,
            ])
        try database.execute(sql: "DELETE FROM journal WHERE session = ?", arguments: [record.id])
    }

    static func append(_ entry: JournalEntry, session: String, to database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO journal (session, entry) VALUES (?, ?)")
            .execute(arguments: [session, try JSON.text(entry)])
        if let step = entry.keepsCheckpointsUpTo {
            try database.cachedStatement(sql: "DELETE FROM checkpoints WHERE session = ? AND step > ?")
                .execute(arguments: [session, step])
        }
    }
}

extension SessionRecord.Origin {
    fileprivate init?(_ row: Row) {
        guard let session: String = row["originSession"] else { return nil }
        self.init(session: session, step: row["originStep"])
    }
}

extension Date {
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
