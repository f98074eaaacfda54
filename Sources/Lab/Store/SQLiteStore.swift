import FoundationEssentials
import GRDB
import Glibc
import Synchronization

/// The embedded store: one SQLite file, or memory.
///
/// Write-ahead log with `synchronous = FULL`: a commit returns when the log is on the disk, so that an acknowledged
/// edit survives a power cut and not only the end of the process. The price is one fsync a commit, which
/// ``StoreQueue`` shares between everything that waits.
package final class SQLiteStore: Store {
    private let connection: any DatabaseWriter
    private let isClosed = Atomic(false)
    let path: String
    let limits: StoreLimits
    /// What a person should know about how the store was opened, such as that a damaged database was set aside.
    package let notices: [String]
    // Held for its lock.
    private let folder: DataFolder?

    /// Opens the database in a folder, which is created if need be. A damaged one is renamed and a new one begun.
    package init(folder path: String, limits: StoreLimits = StoreLimits()) throws(StoreError) {
        let folder = try DataFolder(path)
        let file = folder.database
        var notices: [String] = []
        do {
            connection = try Self.open(file)
        } catch .corrupted {
            let moved = try folder.setDatabaseAside()
            notices.append("The database was damaged. It is now '\(moved)', and a new one was begun.")
            connection = try Self.open(file)
        }
        self.folder = folder
        self.path = file
        self.limits = limits
        self.notices = notices
    }

    /// Keeps everything in memory, for a lab that need not remember.
    package init(limits: StoreLimits = StoreLimits()) throws(StoreError) {
        path = ":memory:"
        folder = nil
        notices = []
        self.limits = limits
        connection = try StoreError.catching(path) {
            let database = try DatabaseQueue(configuration: Self.configuration)
            try SQLiteTables.migrations.migrate(database)
            return database
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "ganlab"
        // A backup reads while the server writes.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            // Lets a sweep give room back to the disk. Only has an effect before the first table exists.
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        }
        return configuration
    }

    /// Bytes.
    private static let largestLog = 4 << 20

    private static func open(_ path: String) throws(StoreError) -> any DatabaseWriter {
        try StoreError.catching(path) {
            try check(path)
            let database = try DatabasePool(path: path, configuration: configuration)
            // The pool has set NORMAL, which is safe from a crash of the process alone.
            try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            // The log is as long as the largest commit once was; beyond this it is cut after it was taken over.
            try database.writeWithoutTransaction {
                _ = try Int.fetchOne($0, sql: "PRAGMA journal_size_limit = \(largestLog)")
            }
            try SQLiteTables.migrations.migrate(database)
            // Whoever had sessions in memory is gone, the folder's lock says so, and did not come to putting them away.
            try database.write {
                try $0.execute(sql: "UPDATE sessions SET isOpen = 0, crashes = crashes + 1 WHERE isOpen")
            }
            return database
        }
    }

    /// Looks at a database without changing it, so that a damaged or foreign one stays as it was found.
    private static func check(_ path: String) throws {
        guard access(path, F_OK) == 0 else { return }
        // Not read-only: after a crash the log has to be recovered before anything can be read.
        try DatabaseQueue(path: path).read { database in
            guard try String.fetchOne(database, sql: "PRAGMA quick_check(1)") == "ok" else {
                throw StoreError.corrupted(path: path)
            }
            guard try !SQLiteTables.migrations.hasBeenSuperseded(database) else {
                throw StoreError.newer(path: path)
            }
        }
    }

    /// SQLite itself would end the process if it were asked for anything after it was closed.
    var database: any DatabaseWriter {
        get throws(StoreError) {
            if isClosed.load(ordering: .acquiring) { throw .closed }
            return connection
        }
    }

    package func close() {
        isClosed.store(true, ordering: .releasing)
        // Nothing is to be done about an error: everything committed is on the disk.
        try? connection.close()
        folder?.release()
    }

    // MARK: Reading

    package func link(_ id: String) throws(StoreError) -> [UInt8]? {
        try read {
            try Row.fetchOne($0, sql: "SELECT bytes FROM links WHERE id = ?", arguments: [id])?.bytes("bytes")
        }
    }

    /// Reads one consistent state.
    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        try StoreError.catching(path) { try database.read(body) }
    }
}

extension Row {
    func bytes(_ column: String) -> [UInt8] {
        [UInt8](self[column] as Data)
    }
}

extension StoreError {
    /// Runs a body and translates what SQLite throws.
    static func catching<T>(_ path: String, _ body: () throws -> T) throws(StoreError) -> T {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw StoreError(error, path)
        } catch {
            throw .failed(reason: "\(error)")
        }
    }

    private init(_ error: DatabaseError, _ path: String) {
        let message = error.message ?? error.resultCode.description
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .diskFull
            case .SQLITE_IOERR: .unwritable
            case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(path: path)
            case .SQLITE_CANTOPEN: .cannotOpen(path: path, reason: message)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupted(path: path)
            default: .failed(reason: message)
            }
    }
}
