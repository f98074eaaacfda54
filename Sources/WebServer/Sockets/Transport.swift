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

/// The bytes of one connection: straight from the socket, or through TLS.
enum Transport {
    case plain(Int32)
    case tls(TLSSession)

    /// Receives into `buffer`.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        switch self {
        case .plain(let descriptor):
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .moved(count) }
            if count == 0 { return .ended }
            return Self.failure()
        case .tls(let session):
            return session.read(into: buffer)
        }
    }

    /// Sends as much of `bytes` as goes now.
    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        switch self {
        case .plain(let descriptor):
            let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            return count >= 0 ? .moved(count) : Self.failure()
        case .tls(let session):
            return session.write(bytes)
        }
    }

    /// Sends as much of `first` and then `second` as goes now, in one system call where that is possible.
    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Transfer {
        guard case .plain(let descriptor) = self else { return write(first) }
        let vectors = (
            iovec(iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count),
            iovec(iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
        )
        let count = withUnsafePointer(to: vectors) { pointer in
            pointer.withMemoryRebound(to: iovec.self, capacity: 2) { writev(descriptor, $0, 2) }
        }
        return count >= 0 ? .moved(count) : Self.failure()
    }

    /// Whether the end came along with the bytes that were read last, and the socket no longer shows it.
    var hasEnded: Bool {
        if case .tls(let session) = self { session.hasEnded } else { false }
    }

    /// Whether reading has to wait until something can be written.
    var wantsToWrite: Bool {
        if case .tls(let session) = self { session.wantsToWrite } else { false }
    }

    /// Tells the peer that nothing more will be sent.
    func finish(_ descriptor: Int32) {
        if case .tls(let session) = self { session.sendCloseNotify() }
        shutdown(descriptor, Int32(SHUT_WR))
    }

    private static func failure() -> Transfer {
        errno == EAGAIN || errno == EINTR ? .wouldBlock : .failed
    }
}
