import FoundationEssentials
import GRDB

extension SQLiteStore {
    package func commit(_ changes: [StoreChange]) throws(StoreError) {
        try StoreError.catching(path) {
            try database.write { database in
                for change in changes {
                    try write(change, to: database)
                    // After each: together, what waited for this commit may be many times the quota.
                    if change.takesRoom { try keepWithinQuota(database, refusing: change.needsRoom) }
                }
            }
        }
    }

    private func write(_ change: StoreChange, to database: Database) throws {
        switch change {
        case .session(let record):
            try Self.write(record, to: database)
        case .journal(let session, let entry):
            try Self.ofKnown(session) { try Self.append(entry, session: session, to: database) }
        case .checkpoint(let checkpoint):
            try Self.ofKnown(checkpoint.session) {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?)",
                    arguments: [checkpoint.session, checkpoint.step, Data(checkpoint.bytes)])
            }
        case .progress(let session, let step, let tip):
            try database.cachedStatement(
                sql: "UPDATE sessions SET step = ?, tip = ?, updated = ? WHERE id = ?"
            ).execute(arguments: [step, tip, Date.now.milliseconds, session])
            guard database.changesCount == 1 else { throw StoreError.unknown(id: session) }
        case .rung(let checkpoint):
            try Self.ofKnown(checkpoint.session) {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO rungs VALUES (?, ?, ?)",
                    arguments: [checkpoint.session, checkpoint.step, Data(checkpoint.bytes)])
            }
        case .removeRungs(let session, let steps):
            for step in steps {
                try database.cachedStatement(sql: "DELETE FROM rungs WHERE session = ? AND step = ?")
                    .execute(arguments: [session, step])
            }
        case .chart(let session, let chart):
            try Self.ofKnown(session) {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO charts VALUES (?, ?, ?)",
                    arguments: [session, chart.points.last?.step ?? 0, Data(chart.bytes)])
            }
        case .waking(let session):
            try database.execute(sql: "UPDATE sessions SET isOpen = 1 WHERE id = ?", arguments: [session])
        case .setAside(let session):
            try Self.setAside(session, in: database)
        case .removeSession(let id):
            try database.execute(sql: "DELETE FROM sessions WHERE id = ?", arguments: [id])
        case .experiment(let record):
            try Self.refuseTooMany(record, limits, in: database)
            try Self.write(record, to: database)
        case .trashExperiment(let id, let date):
            try Self.setDeleted(date, experiment: id, in: database)
        case .restoreExperiment(let id):
            try Self.setDeleted(nil, experiment: id, in: database)
        case .link(let id, let bytes):
            try database.execute(
                sql: """
                    INSERT INTO links (id, bytes, used) VALUES (?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET used = excluded.used
                    """,
                arguments: [id, Data(bytes), Date.now.milliseconds])
        case .linkUsed(let id):
            try database.execute(
                sql: "UPDATE links SET used = ? WHERE id = ?", arguments: [Date.now.milliseconds, id])
        }
    }

    /// Names the session whose absence SQLite reports as a foreign key that fails.
    private static func ofKnown(_ session: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_FOREIGNKEY {
            throw StoreError.unknown(id: session)
        }
    }

    /// Forgets what can be done without when the quota is used up. If that does not help, what was written last is refused,
    /// with all of its commit: at once if it can wait until there is room, and an edit when the reserve is used up, too.
    private func keepWithinQuota(_ database: Database, refusing canWait: Bool) throws {
        guard try Self.bytesUsed(database) > limits.bytes else { return }
        try Self.forget(database, limits)
        let used = try Self.bytesUsed(database)
        guard used <= limits.bytes + (canWait ? 0 : limits.reserve) else {
            throw StoreError.overQuota(used: used, limit: limits.bytes)
        }
    }
}
