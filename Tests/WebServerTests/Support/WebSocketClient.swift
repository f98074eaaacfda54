/// A frame as a server sends it.
struct ServerFrame: Equatable {
    var isFinal = true
    var reserved: UInt8 = 0
    var opcode: UInt8
    var payload: [UInt8]
}

/// A WebSocket client that says what it is told, right or wrong.
final class WebSocketClient {
    let raw: RawClient
    let response: RawResponse?

    init(_ server: TestServer, _ path: String, fields: String = "", receiveBuffer: Int32? = nil) {
        raw = server.client(receiveBuffer: receiveBuffer)
        raw.send(
            "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\(fields)\r\n")
        response = raw.response()
    }

    /// Over a connection that has yet to shake hands.
    init(_ raw: RawClient) {
        self.raw = raw
        response = nil
    }

    func send(_ frames: ClientFrame...) { raw.send(frames.flatMap(\.bytes)) }

    /// The next frame; nil if the connection ends or nothing comes.
    func receive() -> ServerFrame? {
        let head = raw.receive(exactly: 2)
        guard head.count == 2, head[1] & 0x80 == 0 else { return nil }
        var length = Int(head[1])
        if length >= 126 {
            length = raw.receive(exactly: length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
        }
        let payload = raw.receive(exactly: length)
        guard payload.count == length else { return nil }
        return ServerFrame(
            isFinal: head[0] & 0x80 != 0, reserved: head[0] >> 4 & 7, opcode: head[0] & 15, payload: payload)
    }

    /// The code of the close frame that comes next.
    var closeCode: Int? {
        guard let frame = receive(), frame.opcode == 8, frame.payload.count >= 2 else { return nil }
        return Int(frame.payload[0]) << 8 | Int(frame.payload[1])
    }
}
