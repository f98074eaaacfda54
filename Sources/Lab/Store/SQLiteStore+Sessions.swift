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
                    "SELECT id, playing, updated FROM sessions ORDER BY updated DESC"
            ).map { row in
                SessionSummary(
                    id: row["id"], playing: row["playing"], updated: Date(milliseconds: row["updated"]))
            }
        }
    }

    package func checkpoints(ofSession id: String) throws(StoreError) -> [StoredCheckpoint] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT step, bytes FROM checkpoints WHERE session = ?1
                    UNION ALL SELECT step, bytes FROM rungs WHERE session = ?1 ORDER BY step
                    """,
                arguments: [id]
            ).map { StoredCheckpoint(session: id, step: $0["step"], bytes: $0.bytes("bytes")) }
        }
    }

    package func chart(ofSession id: String) throws(StoreError) -> Chart? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT bytes FROM charts WHERE session = ?", arguments: [id])
                .flatMap { Chart(bytes: $0.bytes("bytes")) }
        }
    }

    /// The record with its journal applied.
    static func session(_ id: String, in database: Database) throws -> SessionRecord? {
        let row = try database.cachedStatement(sql: "SELECT * FROM sessions WHERE id = ?")
        guard let row = try Row.fetchOne(row, arguments: [id]) else { return nil }
        var record = SessionRecord(
            id: id, recipe: try JSON.decode(Recipe.self, from: row["recipe"] as String), step: row["step"],
            tip: row["tip"], playing: row["playing"], speed: row["speed"],
            // What cannot be read any more is not worth losing the session for.
            chronicle: (try? JSON.decode(Chronicle.self, from: row["chronicle"] as String)) ?? Chronicle(),
            twin: (row["twin"] as String?).flatMap { try? JSON.decode(StoredTwin.self, from: $0) },
            owner: (row["owner"] as Data?).map { OwnerToken.Hash(bytes: [UInt8]($0)) },
            origin: (row["origin"] as Data?).map { [UInt8]($0) }, isOpen: row["isOpen"],
            updated: Date(milliseconds: row["updated"]))
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
                INSERT INTO sessions
                    (id, recipe, step, tip, playing, speed, chronicle, twin, owner, origin, isOpen, updated)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET recipe = excluded.recipe, step = excluded.step,
                    tip = excluded.tip, playing = excluded.playing, speed = excluded.speed,
                    chronicle = excluded.chronicle, twin = excluded.twin, owner = excluded.owner,
                    origin = excluded.origin, isOpen = excluded.isOpen, updated = excluded.updated
                """,
            arguments: [
                record.id, try JSON.text(record.recipe), record.step, record.tip, record.playing,
                record.speed, try JSON.text(record.chronicle), try record.twin.map(JSON.text),
                record.owner.map { Data($0.bytes) }, record.origin.map { Data($0) }, record.isOpen,
                record.updated.milliseconds,
            ])
        try database.execute(sql: "DELETE FROM journal WHERE session = ?", arguments: [record.id])
    }

    static func append(_ entry: JournalEntry, session: String, to database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO journal (session, entry) VALUES (?, ?)")
            .execute(arguments: [session, try JSON.text(entry)])
        if let step = entry.keepsCheckpointsUpTo {
            for table in ["checkpoints", "rungs", "charts"] {
                try database.cachedStatement(sql: "DELETE FROM \(table) WHERE session = ? AND step > ?")
                    .execute(arguments: [session, step])
            }
        }
    }
}

extension Date {
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}
