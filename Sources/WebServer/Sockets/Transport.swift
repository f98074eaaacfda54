import CSockets
import Glibc

/// What came of trying to move bytes without waiting.
enum Transfer {
    /// So many bytes were moved.
    case moved(Int)
    /// Nothing can be moved now; wait for readiness.
    case wouldBlock
    /// The peer sends no more (reading only).
    case ended
    /// The connection is broken.
    case failed
}

/// Moves the bytes of one connection, straight through its socket or encrypted, without waiting.
protocol Transport {
    /// Receives into `buffer`.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer
    /// Sends as much of `bytes` as goes now.
    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer
    /// Sends as much of `first` and then `second` as goes now, in one system call where that is possible.
    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Transfer
    /// Whether nobody on the way can read what is sent.
    var isEncrypted: Bool { get }
    /// Whether the end came along with the bytes that were read last, and the socket no longer shows it.
    var hasEnded: Bool { get }
    /// Whether reading has to wait until something can be written.
    var wantsToWrite: Bool { get }
    /// Tells the peer that nothing more will be sent.
    func finish()
}

/// The bare socket.
struct PlainTransport: Transport {
    let descriptor: Int32

    var isEncrypted: Bool { false }
    var hasEnded: Bool { false }
    var wantsToWrite: Bool { false }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return .moved(count) }
        if count == 0 { return .ended }
        return Self.failure()
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        return count >= 0 ? .moved(count) : Self.failure()
    }

    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Transfer {
        let vectors = (
            iovec(iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count),
            iovec(iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
        )
        let count = withUnsafePointer(to: vectors) { pointer in
            pointer.withMemoryRebound(to: iovec.self, capacity: 2) { writev(descriptor, $0, 2) }
        }
        return count >= 0 ? .moved(count) : Self.failure()
    }

    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    private static func failure() -> Transfer {
        errno == EAGAIN || errno == EINTR ? .wouldBlock : .failed
    }
}
