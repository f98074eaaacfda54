import COpenSSL

/// TLS from the client's side, over a socket that sees every record cut up as the test likes.
final class TLSClient {
    let raw: RawClient
    private let way: Int
    private let context: OpaquePointer
    private let session: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer

    /// How many ways there are to cut up what is sent; see `feedings`.
    static let ways = 0..<5

    /// Connects and shakes hands.
    init(_ server: TestServer, way: Int = 0) {
        raw = server.client()
        self.way = way
        context = SSL_CTX_new(TLS_client_method())
        session = SSL_new(context)
        incoming = BIO_new(BIO_s_mem())
        outgoing = BIO_new(BIO_s_mem())
        SSL_set_bio(session, incoming, outgoing)
        SSL_set_connect_state(session)
        _ = perform { SSL_do_handshake(session) }
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    /// Whether the server said that this is the end (RFC 8446 §6.1).
    var wasToldTheEnd: Bool { SSL_get_shutdown(session) & SSL_RECEIVED_SHUTDOWN != 0 }

    func send(_ bytes: [UInt8]) {
        encrypt(bytes)
        flush()
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends `text`, and at once behind it that nothing will follow.
    func sendLast(_ text: String) {
        encrypt(Array(text.utf8))
        SSL_shutdown(session)
        flush()
    }

    /// Sends `text`, and at once behind it a record that nobody can decrypt.
    func sendBroken(_ text: String) {
        encrypt(Array(text.utf8))
        let record: [UInt8] = [0x17, 3, 3, 0, 40] + [UInt8](repeating: 0, count: 40)
        BIO_write(outgoing, record, Int32(record.count))
        flush()
    }

    /// What has come up to and including `end`, or until the server closes.
    func receive(until end: String) -> String {
        var all: [UInt8] = []
        while !all.suffix(end.utf8.count).elementsEqual(end.utf8) {
            var byte: UInt8 = 0
            guard perform({ SSL_read(session, &byte, 1) }) == 1 else { break }
            all.append(byte)
        }
        return String(decoding: all, as: UTF8.self)
    }

    private func encrypt(_ bytes: [UInt8]) { SSL_write(session, bytes, Int32(bytes.count)) }

    private func flush() {
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(outgoing))
        BIO_read(outgoing, &bytes, Int32(bytes.count))
        for piece in feedings(of: bytes)[way] { raw.send(Array(piece)) }
    }

    /// Repeats `action` while it waits for something to arrive.
    private func perform(_ action: () -> Int32) -> Int32 {
        while true {
            let result = action()
            flush()
            guard result <= 0, SSL_get_error(session, result) == SSL_ERROR_WANT_READ,
                let bytes = raw.receive(), !bytes.isEmpty
            else { return result }
            BIO_write(incoming, bytes, Int32(bytes.count))
        }
    }
}
