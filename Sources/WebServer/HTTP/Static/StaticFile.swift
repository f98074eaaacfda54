import CSockets
import Glibc

/// What tells one state of a file from another.
struct FileIdentity: Equatable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int
    let modified: Int
    let modifiedNanoseconds: Int
    let changed: Int
    let changedNanoseconds: Int

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        modified = status.st_mtim.tv_sec
        modifiedNanoseconds = status.st_mtim.tv_nsec
        changed = status.st_ctim.tv_sec
        changedNanoseconds = status.st_ctim.tv_nsec
    }
}

/// A file as it was when it was last looked at: in memory if it is small, else open on disk.
final class StaticFile: Sendable {
    /// Files up to this size are kept in memory.
    static let memoryLimit = 4 << 20

    let identity: FileIdentity
    /// When it was last changed, as far as anybody is told: never in the future (RFC 9110 §8.8.2.1).
    let lastModified: Int
    /// The file changed so shortly before it was read that its times may not tell the next change.
    let isRacy: Bool
    let plain: Representation
    let gzip: Representation?

    /// Reads the open file; nil if it is not a regular file, or cannot be read.
    init?(descriptor: Int32, name: String, cacheControl: String) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        identity = FileIdentity(status)
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        lastModified = min(identity.modified, now.tv_sec)
        let (type, isCompressible) = ContentType.of(name)
        var shared: Headers = [
            "Content-Type": type, "Last-Modified": HTTPDate.format(lastModified),
            "Cache-Control": cacheControl,
            "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff",
        ]
        if isCompressible { shared.add("Vary", "Accept-Encoding") }
        let age =
            Double(now.tv_sec - identity.changed) + Double(now.tv_nsec - identity.changedNanoseconds) / 1e9
        isRacy = age < 0.1

        guard identity.size <= Self.memoryLimit else {
            let tag =
                "\(identity.inode)-\(identity.size)-\(identity.modified)-\(identity.modifiedNanoseconds)"
            plain = Representation(shared, tag: tag, bytes: [])
            gzip = nil
            return
        }
        guard let bytes = FileSlice.read(descriptor, at: 0, count: identity.size) else { return nil }
        (plain, gzip) = Representation.all(of: bytes, shared, isCompressible: isCompressible)
    }

    var isInMemory: Bool { identity.size <= Self.memoryLimit }
}
