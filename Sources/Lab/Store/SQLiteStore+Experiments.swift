import FoundationEssentials
import GANEngine
import GRDB

extension SQLiteStore {
    package func experiment(_ id: String) throws(StoreError) -> ExperimentRecord? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM experiments WHERE id = ?", arguments: [id])
                .map { row in
                    do { return try Self.experiment(row) } catch { throw StoreError.unreadable(id: id) }
                }
        }
    }

    package func experiments(_ query: ExperimentQuery) throws(StoreError) -> ExperimentPage {
        try read { database in
            let (condition, arguments) = Self.condition(query)
            let total = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM experiments WHERE \(condition)", arguments: arguments)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM experiments WHERE \(condition)
                    ORDER BY \(Self.order(query.order)) LIMIT ? OFFSET ?
                    """,
                arguments: arguments + [min(max(query.limit, 0), 100), max(query.offset, 0)])
            // One that cannot be read does not take the others along.
            return ExperimentPage(
                experiments: rows.compactMap { try? Self.experiment($0) }, total: total ?? 0)
        }
    }

    /// Refuses one more than its owner, or all from its address, may have.
    static func refuseTooMany(
        _ record: ExperimentRecord, _ limits: StoreLimits, in database: Database
    ) throws {
        guard try others(than: record, "owner", record.owner.bytes, database) < limits.experimentsPerOwner
        else {
            throw StoreError.tooMany(limit: limits.experimentsPerOwner)
        }
        guard let origin = record.origin else { return }
        guard try others(than: record, "origin", origin, database) < limits.experimentsPerAddress else {
            throw StoreError.tooManyFromAddress(limit: limits.experimentsPerAddress)
        }
    }

    private static func others(
        than record: ExperimentRecord, _ column: String, _ value: [UInt8], _ database: Database
    ) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM experiments WHERE \(column) = ? AND id <> ?",
            arguments: [Data(value), record.id]) ?? 0
    }

    static func write(_ record: ExperimentRecord, to database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO experiments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                record.id, record.title, record.note, record.nickname, try JSON.text(record.tags),
                Data(record.thumbnail), try JSON.text(record.recipe), record.step,
                Data(record.owner.bytes),
                record.created.milliseconds, record.deleted?.milliseconds, record.link.shortID,
                record.origin.map { Data($0) },
            ])
    }

    static func setDeleted(_ date: Date?, experiment id: String, in database: Database) throws {
        try database.execute(
            sql: "UPDATE experiments SET deleted = ? WHERE id = ?", arguments: [date?.milliseconds, id])
        guard database.changesCount == 1 else { throw StoreError.unknown(id: id) }
    }

    static func experiment(_ row: Row) throws -> ExperimentRecord {
        ExperimentRecord(
            stored: row["id"], title: row["title"], note: row["note"], nickname: row["nickname"],
            tags: try JSON.decode([String].self, from: row["tags"] as String),
            thumbnail: row.bytes("thumbnail"),
            recipe: try JSON.decode(Recipe.self, from: row["recipe"] as String),
            step: (row["step"] as Int).bounded(by: Bounds.counter),
            owner: OwnerToken.Hash(bytes: row.bytes("owner")),
            origin: (row["origin"] as Data?).map { [UInt8]($0) }, created: Date(milliseconds: row["created"]),
            deleted: (row["deleted"] as Int64?).map(Date.init(milliseconds:)))
    }

    private static func condition(_ query: ExperimentQuery) -> (sql: String, arguments: StatementArguments) {
        var sql = "deleted IS NULL"
        var arguments = StatementArguments()
        for word in query.search.split(whereSeparator: \.isWhitespace).prefix(8) {
            sql += #" AND (title || ' ' || note || ' ' || nickname || ' ' || tags) LIKE ? ESCAPE '\'"#
            arguments += ["%\(escaped(word))%"]
        }
        if let tag = query.tag {
            sql += " AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)"
            arguments += [tag]
        }
        return (sql, arguments)
    }

    /// % and _ stand for themselves in what somebody searches for.
    private static func escaped(_ word: Substring) -> String {
        String(word.flatMap { #"%_\"#.contains($0) ? ["\\", $0] : [$0] })
    }

    private static func order(_ order: ExperimentQuery.Order) -> String {
        switch order {
        case .newest: "created DESC, id"
        case .oldest: "created, id"
        case .title: "title COLLATE NOCASE, id"
        }
    }
}
