import COpenSSL

/// TLS on one connection: OpenSSL speaks to the non-blocking socket by itself.
final class TLSSession {
    /// Whether reading has to wait until something can be written.
    private(set) var wantsToWrite = false

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
        self.session = session
        self.context = context
    }

    deinit { SSL_free(session) }

    var hasBufferedInput: Bool { SSL_pending(session) > 0 }

    /// Reads as much as there is and has room, doing the handshake on the way.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
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

    /// Tells the peer that this is the end and not a cut (RFC 8446 §6.1).
    func sendCloseNotify() {
        guard !isBroken, SSL_is_init_finished(session) == 1 else { return }
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
        case SSL_ERROR_ZERO_RETURN: return .ended
        default:
            // After these two no further call on the session is allowed.
            isBroken = true
            return .failed
        }
    }
}
