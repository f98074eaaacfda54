import FoundationEssentials
import GANEngine
import GRDB

extension SQLiteStore {
    package func session(_ id: String) throws(StoreError) -> SessionRecord? {
        try read { try Self.session(id, in: $0) }
    }

    package func ownerOfSetAside(_ id: String) throws(StoreError) -> OwnerToken.Hash? {
        try read { database in
            try Data.fetchOne(
                database,
                sql: """
                    SELECT owner FROM setAside WHERE session = ? AND owner IS NOT NULL
                    ORDER BY sequence DESC LIMIT 1
                    """,
                arguments: [id]
            ).map { OwnerToken.Hash(bytes: [UInt8]($0)) }
        }
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

    /// The record with its journal applied. Read as if a stranger had written it: every number is within its bounds.
    ///
    /// - Throws: `StoreError.unreadable` if it is no session that can be run.
    static func session(_ id: String, in database: Database) throws -> SessionRecord? {
        let row = try database.cachedStatement(sql: "SELECT * FROM sessions WHERE id = ?")
        guard let row = try Row.fetchOne(row, arguments: [id]) else { return nil }
        let journal = try database.cachedStatement(
            sql: "SELECT entry FROM journal WHERE session = ? ORDER BY sequence")
        let entries = try String.fetchAll(journal, arguments: [id])
        do {
            var record = try record(row)
            for entry in entries { record.apply(try JSON.decode(JournalEntry.self, from: entry).bounded()) }
            try record.recipe.validate()
            return record
        } catch {
            throw StoreError.unreadable(id: id)
        }
    }

    private static func record(_ row: Row) throws -> SessionRecord {
        SessionRecord(
            id: row["id"], recipe: try JSON.decode(Recipe.self, from: row["recipe"] as String),
            step: (row["step"] as Int).bounded(by: Bounds.counter),
            tip: (row["tip"] as Int).bounded(by: Bounds.counter), playing: row["playing"],
            speed: (row["speed"] as Double?).flatMap(Pace.bounded),
            // What cannot be read any more is not worth losing the session for.
            editHistory: (try? JSON.decode(EditHistory.self, from: row["chronicle"] as String))
                ?? EditHistory(),
            twin: (row["twin"] as String?).flatMap { try? JSON.decode(StoredTwin.self, from: $0) },
            owner: (row["owner"] as Data?).map { OwnerToken.Hash(bytes: [UInt8]($0)) },
            origin: (row["origin"] as Data?).map { [UInt8]($0) }, isOpen: row["isOpen"],
            crashes: (row["crashes"] as Int).bounded(by: Bounds.counter),
            updated: Date(milliseconds: row["updated"]))
    }

    static func setAside(_ session: String, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO setAside (session, time, owner, record)
                SELECT id, ?, ?, json_object(
                    'recipe', recipe, 'step', step, 'tip', tip, 'playing', playing, 'speed', speed,
                    'chronicle', chronicle, 'twin', twin,
                    'journal', (
                        SELECT json_group_array(entry)
                        FROM (SELECT entry FROM journal WHERE session = sessions.id ORDER BY sequence)))
                FROM sessions WHERE id = ?
                """,
            arguments: [
                Date.now.milliseconds, try owner(ofSession: session, in: database).map { Data($0.bytes) },
                session,
            ])
        try database.execute(sql: "DELETE FROM sessions WHERE id = ?", arguments: [session])
    }

    /// Whose a session is, even if nothing else of it can be read.
    private static func owner(ofSession id: String, in database: Database) throws -> OwnerToken.Hash? {
        let stored = try Data.fetchOne(
            database, sql: "SELECT owner FROM sessions WHERE id = ? AND owner IS NOT NULL", arguments: [id])
        let entries = try String.fetchAll(
            database, sql: "SELECT entry FROM journal WHERE session = ? ORDER BY sequence", arguments: [id])
        let claims = entries.compactMap { entry -> OwnerToken.Hash? in
            guard case .claimed(let owner)? = try? JSON.decode(JournalEntry.self, from: entry) else {
                return nil
            }
            return owner
        }
        return claims.last ?? stored.map { OwnerToken.Hash(bytes: [UInt8]($0)) }
    }

    static func write(_ record: SessionRecord, to database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO sessions (
                    id, recipe, step, tip, playing, speed, chronicle, twin, owner, origin, isOpen, crashes,
                    updated)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET recipe = excluded.recipe, step = excluded.step,
                    tip = excluded.tip, playing = excluded.playing, speed = excluded.speed,
                    chronicle = excluded.chronicle, twin = excluded.twin, owner = excluded.owner,
                    origin = excluded.origin, isOpen = excluded.isOpen, crashes = excluded.crashes,
                    updated = excluded.updated
                """,
            arguments: [
                record.id, try JSON.text(record.recipe), record.step, record.tip, record.playing,
                record.speed, try JSON.text(record.editHistory), try record.twin.map(JSON.text),
                record.owner.map { Data($0.bytes) }, record.origin.map { Data($0) }, record.isOpen,
                record.crashes,
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

    var milliseconds: Int64 { Int64(clamping: (timeIntervalSince1970 * 1_000).rounded()) }
}
