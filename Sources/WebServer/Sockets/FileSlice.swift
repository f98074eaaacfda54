import Glibc

/// A part of an open file, read piece by piece as a slow peer takes it.
///
/// The file is closed with the last slice of it. If it shrinks meanwhile, reading fails and the connection is cut,
/// since the announced length can no longer be kept.
public final class FileSlice: Sendable {
    private let descriptor: Int32
    private let start: Int
    /// The number of bytes.
    public let count: Int

    /// Takes over `descriptor`.
    init(descriptor: Int32, start: Int, count: Int) {
        self.descriptor = descriptor
        self.start = start
        self.count = count
    }

    deinit { close(descriptor) }

    /// Exactly `count` bytes from `offset` on, or nil if the file does not have them.
    func read(at offset: Int, count: Int) -> [UInt8]? {
        Self.read(descriptor, at: start + offset, count: count)
    }

    /// Exactly `count` bytes of an open file, or nil if it does not have them.
    static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, offset + filled)
                guard got > 0 else { break }
                filled += got
            }
        }
        return bytes.count == count ? bytes : nil
    }
}
