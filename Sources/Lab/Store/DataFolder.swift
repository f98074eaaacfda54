import Glibc
import Synchronization

/// The folder given with `--data-dir`, held by one process at a time.
///
/// Locked with flock(2): the kernel lets go of it when the process ends, however it ends.
package final class DataFolder: Sendable {
    let path: String
    /// The lock's descriptor until it is released.
    private let lock: Mutex<Int32?>

    /// Creates the folder if it does not exist.
    init(_ path: String) throws(StoreError) {
        self.path = path
        try Self.create(path)
        let lock = open("\(path)/ganlab.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Self.failure(path, errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(lock)
            throw reason == EWOULDBLOCK ? .inUse(path: path) : Self.failure(path, reason)
        }
        self.lock = Mutex(lock)
    }

    deinit { release() }

    /// Lets another process, or another lab in this one, have the folder.
    func release() {
        lock.withLock { lock in
            guard let held = lock else { return }
            // A child that is being started has the descriptor too until it runs its program, and would hold the lock.
            flock(held, LOCK_UN)
            close(held)
            lock = nil
        }
    }

    var database: String { "\(path)/ganlab.sqlite" }

    /// Renames the database and what belongs to it; returns its new path.
    func setDatabaseAside() throws(StoreError) -> String {
        var moved = "\(database).damaged"
        var copy = 1
        while access(moved, F_OK) == 0 {
            copy += 1
            moved = "\(database).damaged-\(copy)"
        }
        for suffix in ["", "-wal", "-shm"] where access(database + suffix, F_OK) == 0 {
            guard rename(database + suffix, moved + suffix) == 0 else { throw Self.failure(path, errno) }
        }
        return moved
    }

    /// Creates the folder, and those above it, where they do not exist.
    package static func create(_ path: String) throws(StoreError) {
        var parent = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            parent += parent.isEmpty && !path.hasPrefix("/") ? "\(part)" : "/\(part)"
            if parent == "/" || parent.hasSuffix("/") { continue }
            // 0700: recipes are shared by link, but tokens and nicknames are nobody else's business.
            guard mkdir(parent, 0o700) == 0 || errno == EEXIST else { throw failure(path, errno) }
        }
    }

    /// Whether the folder, or the nearest one above it that exists, is somebody else's.
    private static func foreign(_ path: String) -> StoreError? {
        var (folder, status) = (path, stat())
        while stat(folder, &status) != 0, let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
            folder = String(folder[..<slash])
        }
        let (owner, user) = (status.st_uid, geteuid())
        return owner == user ? nil : .foreign(path: folder, owner: owner, user: user)
    }

    private static func failure(_ path: String, _ code: Int32) -> StoreError {
        switch code {
        case EACCES, EPERM: foreign(path) ?? .readOnly(path: path)
        case EROFS: .readOnly(path: path)
        case ENOSPC, EDQUOT: .diskFull
        case ENOTDIR: .cannotOpen(path: path, reason: "it is not a folder")
        default: .cannotOpen(path: path, reason: String(cString: strerror(code)))
        }
    }
}
