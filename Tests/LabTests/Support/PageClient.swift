import Foundation

/// A page without a browser: one blocking WebSocket, written apart from the server it speaks to.
final class PageClient {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The token of the one browser in whose tabs pages are unless a test says otherwise.
    static let visitor = String(repeating: "A", count: 43)

    /// What the page shows when it opens a session; nil for nothing.
    var owner: String? = visitor
    private let socket: BlockingSocket
    private let reader: WebSocketReader
    private var lastID = 0
    /// Frames that came before the answer to the last `watch`: of a session that stands still, the only one.
    private var early: [FrameReader] = []
    /// Frames that came while an event was waited for, and events that came meanwhile.
    private(set) var frames: [FrameReader] = []
    private(set) var events: [[String: Any]] = []

    init(port: UInt16) throws {
        socket = try BlockingSocket(port: port)
        try Self.shakeHands(socket, port: port)
        reader = WebSocketReader(socket)
    }

    deinit { socket.hangUp() }

    // MARK: Speaking

    /// Sends a command and waits for its answer.
    @discardableResult
    func ask(_ name: String, _ fields: [String: Any] = [:]) throws -> [String: Any] {
        lastID += 1
        var command = fields
        command["id"] = lastID
        command["do"] = name
        if name == "open", let owner { command["owner"] = owner }
        let data = try JSONSerialization.data(withJSONObject: command)
        try send(text: String(decoding: data, as: UTF8.self))
        early = []
        return try answer(to: lastID, keepsFrames: name == "watch")
    }

    /// Waits for the answer to a command, or to one without an id.
    func answer(to id: Int?, keepsFrames: Bool = false) throws -> [String: Any] {
        while true {
            let message: [String: Any]
            switch try next() {
            case .binary(let frame):
                if keepsFrames { early.append(frame) }
                continue
            case .text(let text): message = text
            }
            guard message.keys.contains("re") else {
                events.append(message)
                continue
            }
            if message["re"] as? Int == id { return message }
        }
    }

    /// Waits for a frame that satisfies a condition. Whole charts come in frames of their own, which hold nothing else.
    func frame(where isWanted: (FrameReader) -> Bool = { _ in true }) throws -> FrameReader {
        while !early.isEmpty {
            let frame = early.removeFirst()
            if isWanted(frame) { return frame }
        }
        while true {
            switch try next() {
            case .binary(let frame): if isWanted(frame) { return frame }
            case .text(let message): events.append(message)
            }
        }
    }

    /// Waits for an event that satisfies a condition, among those that already came too.
    func event(_ name: String, where isWanted: ([String: Any]) -> Bool = { _ in true }) throws -> [String:
        Any]
    {
        while true {
            if let index = events.firstIndex(where: { $0["event"] as? String == name && isWanted($0) }) {
                return events.remove(at: index)
            }
            switch try next() {
            case .binary(let frame): frames.append(frame)
            case .text(let message): events.append(message)
            }
        }
    }

    /// Sends a text message as it is.
    func send(text: String) throws {
        try sendFrame(opcode: 1, Array(text.utf8))
    }

    func sendFrame(opcode: UInt8, _ payload: [UInt8]) throws {
        try Self.write(opcode: opcode, payload, to: socket)
    }

    /// Writes one masked frame.
    static func write(opcode: UInt8, _ payload: [UInt8], to socket: BlockingSocket) throws {
        var bytes: [UInt8] = [0x80 | opcode]
        switch payload.count {
        case ..<126: bytes.append(0x80 | UInt8(payload.count))
        case ..<65536: bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default:
            bytes.append(0x80 | 127)
            bytes += (0..<8).reversed().map { UInt8(payload.count >> (8 * $0) & 255) }
        }
        let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        bytes += mask
        bytes += payload.indices.map { payload[$0] ^ mask[$0 & 3] }
        try socket.write(bytes)
    }

    // MARK: Listening

    enum Message {
        case text([String: Any])
        case binary(FrameReader)
    }

    func next() throws -> Message {
        switch try reader.next() {
        case .text(let payload):
            guard let message = try JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any] else {
                throw Failure(description: "not an object")
            }
            return .text(message)
        case .binary(let payload): return .binary(FrameReader(payload))
        case .end(let failure): throw failure
        }
    }

    static func shakeHands(_ socket: BlockingSocket, port: UInt16) throws {
        let request = [
            "GET /ws HTTP/1.1", "Host: 127.0.0.1:\(port)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: ganlab.1", "", "",
        ]
        try socket.write(Array(request.joined(separator: "\r\n").utf8))
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) { head += try socket.read(1) }
        let text = String(decoding: head, as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 101") else { throw Failure(description: text) }
    }
}
