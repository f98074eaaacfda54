import COpenSSL
import CSockets
import Glibc

/// TLS on one connection: OpenSSL speaks to the non-blocking socket by itself.
///
/// A client that begins with anything but a TLS handshake is heard out in plain text, so that somebody who typed
/// `http:` can be sent to the right place.
final class TLSSession: Transport {
    /// Whether reading has to wait until something can be written.
    private(set) var wantsToWrite = false
    /// Whether the last bytes that were read were the last to come. What said so, a close_notify alert or a broken record,
    /// is read along with them and leaves nothing that would make the socket readable.
    private(set) var hasEnded = false

    /// The bare socket, if the client turned out not to speak TLS.
    private var plain: PlainTransport?
    private var hasBegun = false

    private let descriptor: Int32
    private let session: OpaquePointer
    private let context: TLSContext
    private var isBroken = false

    /// A TLS record holds this much.
    private static let recordSize = 16_384

    init?(_ context: TLSContext, descriptor: Int32) {
        guard let session = SSL_new(context.context) else { return nil }
        guard SSL_set_fd(session, descriptor) == 1 else {
            SSL_free(session)
            return nil
        }
        SSL_set_accept_state(session)
        self.descriptor = descriptor
        self.session = session
        self.context = context
    }

    deinit { SSL_free(session) }

    var isEncrypted: Bool { plain == nil }

    /// Looks at the first byte, which is 22 in a TLS handshake (RFC 8446 §5.1); nil once that is done.
    private func begin() -> Transfer? {
        if hasBegun { return nil }
        var first: UInt8 = 0
        switch recv(descriptor, &first, 1, Int32(MSG_PEEK)) {
        case 1: hasBegun = true
        case 0: return .ended
        default: return errno == EAGAIN || errno == EINTR ? .wouldBlock : .failed
        }
        if first != 22 { plain = PlainTransport(descriptor: descriptor) }
        return nil
    }

    /// Reads as much as there is and has room, doing the handshake on the way. Only whole records are read, so that OpenSSL
    /// never holds back a part that the socket no longer shows.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        if let early = begin() { return early }
        if let plain { return plain.read(into: buffer) }
        guard !isBroken else { return .failed }
        var total = 0
        while buffer.count - total >= Self.recordSize {
            ERR_clear_error()
            var count = 0
            let result = SSL_read_ex(session, buffer.baseAddress! + total, buffer.count - total, &count)
            guard result == 1 else {
                let outcome = outcome(result)
                return total > 0 ? .moved(total) : outcome
            }
            wantsToWrite = false
            total += count
        }
        return .moved(total)
    }

    /// Writes one record at a time.
    func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        if let plain { return plain.write(bytes) }
        guard !isBroken else { return .failed }
        var total = 0
        while total < bytes.count {
            ERR_clear_error()
            var count = 0
            let result = SSL_write_ex(
                session, bytes.baseAddress! + total, min(bytes.count - total, Self.recordSize), &count)
            guard result == 1 else {
                let outcome = outcome(result)
                if total > 0, !isBroken { return .moved(total) }
                return outcome
            }
            total += count
        }
        return .moved(total)
    }

    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Transfer { write(first) }

    func finish() {
        sendCloseNotify()
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Tells the peer that this is the end and not a cut (RFC 8446 §6.1).
    private func sendCloseNotify() {
        guard !isBroken, plain == nil, SSL_is_init_finished(session) == 1 else { return }
        ERR_clear_error()
        SSL_shutdown(session)
    }

    private func outcome(_ result: Int32) -> Transfer {
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ:
            wantsToWrite = false
            return .wouldBlock
        case SSL_ERROR_WANT_WRITE:
            wantsToWrite = true
            return .wouldBlock
        case SSL_ERROR_ZERO_RETURN:
            hasEnded = true
            return .ended
        default:
            // After these two no further call on the session is allowed.
            isBroken = true
            hasEnded = true
            return .failed
        }
    }
}
