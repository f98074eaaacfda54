import Glibc
import Synchronization
import TestSupport
import Testing
import WebServer

/// Notes what a handler is told.
final class Record: Sendable {
    let lines = Mutex<[String]>([])
    let sockets = Mutex<[WebSocket]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    /// What was noted, as soon as there is that much of it.
    func wait(for count: Int) -> [String] {
        _ = eventually { lines.withLock { $0.count } >= count }
        return lines.withLock { $0 }
    }
}

struct RecordingHandler: WebSocketHandler {
    let socket: WebSocket
    let record: Record

    func opened() {
        record.sockets.withLock { $0.append(socket) }
        record.add("opened \(socket.subprotocol ?? "-")")
    }

    func message(_ message: WebSocketMessage) {
        switch message {
        case .text(let text): record.add(text)
        case .binary(let bytes): record.add("\(bytes.count) bytes")
        }
        socket.send(message)
    }

    func closed(_ code: CloseCode, reason: String) { record.add("closed \(code.rawValue) \(reason)") }
}

@Suite(.realServers) struct WebSocketTests {
    private let record = Record()

    private func server(
        _ change: (inout WebSocketOptions) -> Void = { _ in },
        configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws -> TestServer {
        var options = WebSocketOptions()
        options.subprotocols = ["lab.2", "lab.1"]
        // However slow the machine, no ping comes between what a test sends and what it expects.
        options.pingInterval = 3600
        change(&options)
        var router = Router()
        router.webSocket("/echo", options: options) { [record] _, socket in
            RecordingHandler(socket: socket, record: record)
        }
        return try TestServer(router, configure)
    }

    @Test func shakesHands() throws {
        let client = WebSocketClient(
            try server(), "/echo", fields: "Sec-WebSocket-Protocol: lab.0, lab.1\r\n")
        #expect(client.response?.status == 101)
        #expect(client.response?["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(client.response?["Sec-WebSocket-Protocol"] == "lab.1")
        #expect(client.response?["Sec-WebSocket-Extensions"] == nil)
        #expect(record.wait(for: 1) == ["opened lab.1"])
    }

    @Test(arguments: [
        ("a method", "POST", "", 405), ("HEAD", "HEAD", "", 426), ("no upgrade", "GET", "-Upgrade", 426),
        ("another upgrade", "GET", "Upgrade: h2c", 426), ("no connection", "GET", "-Connection", 400),
        ("a connection that stays", "GET", "Connection: keep-alive", 400),
        ("no version", "GET", "-Sec-WebSocket-Version", 426),
        ("an old version", "GET", "Sec-WebSocket-Version: 8", 426),
        ("a new version", "GET", "Sec-WebSocket-Version: 14", 426),
        ("no key", "GET", "-Sec-WebSocket-Key", 400),
        ("a short key", "GET", "Sec-WebSocket-Key: c2hvcnQ=", 400),
        ("a key that is not base64", "GET", "Sec-WebSocket-Key: ???????????????????????=", 400),
        ("a key of 17 bytes", "GET", "Sec-WebSocket-Key: YWFhYWFhYWFhYWFhYWFhYWE=", 400),
        ("the key of RFC 6455 §4.1", "GET", "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==", 101),
        ("an extension nobody knows", "GET", "Sec-WebSocket-Extensions: x-other; a=1; b=\"c\"", 101),
        ("half an extension", "GET", "Sec-WebSocket-Extensions: permessage-deflate;", 400),
        ("a foreign origin", "GET", "Origin: http://evil.example", 403),
        ("origin null", "GET", "Origin: null", 403),
        ("another port", "GET", "Origin: http://test:81", 403),
        ("its own origin", "GET", "Origin: http://test", 101),
        ("its own origin with the default port", "GET", "Origin: http://test:80", 101),
        ("its own origin behind a proxy with TLS", "GET", "Origin: https://test", 101),
        ("another port behind a proxy", "GET", "Origin: https://test:80", 403),
        ("an origin of the list", "GET", "Origin: https://friend.example", 101),
        ("an origin of the list with the default port", "GET", "Origin: https://friend.example:443", 101),
        ("an origin of the list with another scheme", "GET", "Origin: http://friend.example", 403),
        ("an origin that begins like one of the list", "GET", "Origin: https://friend.example.evil", 403),
        ("no origin", "GET", "", 101),
        ("upper case", "GET", "Upgrade: WebSocket", 101),
        ("several options", "GET", "Connection: keep-alive, UPGRADE", 101),
    ])
    func handshakesAreChecked(_ name: String, _ method: String, _ change: String, _ status: Int) throws {
        let server = try server(configure: { $0.access.origins = ["https://friend.example"] })
        var fields: [(String, String)] = [
            ("Host", "test"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="), ("Sec-WebSocket-Version", "13"),
        ]
        let changed = change.drop { $0 == "-" }.prefix { $0 != ":" }
        fields.removeAll { $0.0 == changed }
        if !change.isEmpty, change.first != "-" {
            fields.append((String(changed), String(change.dropFirst(changed.count + 2))))
        }
        let client = server.client()
        client.send("\(method) /echo HTTP/1.1\r\n" + fields.map { "\($0): \($1)\r\n" }.joined() + "\r\n")
        let response = client.response(toHead: method == "HEAD")
        #expect(response?.status == status, "\(name)")
        if status == 426 { #expect(response?["Sec-WebSocket-Version"] == "13") }
    }

    @Test("One address has nearly all WebSockets, also behind a proxy, and the next one still finds room")
    func shares() throws {
        let server = try server(configure: { $0.limits.connections = 18 })
        func handshake(from address: String) -> (client: RawClient, response: RawResponse?) {
            let client = server.client()
            client.send(
                """
                GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
                X-Forwarded-For: \(address)\r\n\r\n
                """)
            return (client, client.response())
        }
        var held = (0..<16).map { _ in handshake(from: "192.0.2.1") }
        #expect(held.allSatisfy { $0.response?.status == 101 })
        do {
            let refused = handshake(from: "192.0.2.1")
            #expect(refused.response?.status == 429)
            #expect(refused.response?.text.contains("as many WebSockets") == true)
            let other = handshake(from: "192.0.2.2")
            #expect(other.response?.status == 101)
        }
        #expect(eventually { server.server.metrics.connections == 16 })
        held.removeLast()
        #expect(eventually { server.server.metrics.webSockets == 15 })
        #expect(handshake(from: "192.0.2.1").response?.status == 101, "its share is given back")
    }

    @Test func aPageMayBeWhereTheWebSocketIs() throws {
        var router = Router()
        router.webSocket("/:room") { [record] _, socket in RecordingHandler(socket: socket, record: record) }
        router.get("/:room") { request, responder in
            responder.send(.text("page of \(request.parameters["room"] ?? "")"))
        }
        let server = try TestServer(router)
        #expect(server.get("/blue")?.text == "page of blue")
        #expect(server.get("/blue", "Upgrade: h2c\r\nConnection: Upgrade\r\n")?.status == 200)
        #expect(server.get("/blue", "Upgrade: websocket\r\n")?.status == 400)
        #expect(server.get("/blue", method: "HEAD")?.status == 200)
        let client = WebSocketClient(server, "/blue")
        #expect(client.response?.status == 101)
        client.send(.text("hello"))
        #expect(client.receive() == ServerFrame(opcode: 1, payload: Array("hello".utf8)))
    }

    @Test func echoesWhateverTheSize() throws {
        let client = WebSocketClient(
            try server(), "/echo")
        for size in [0, 1, 125, 126, 127, 4096, 4097, 65_535, 65_536, 1 << 20] {
            let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0 * 7) }
            client.send(.binary(payload))
            #expect(client.receive() == ServerFrame(opcode: 2, payload: payload))
        }
        client.send(.text("héllo"))
        #expect(client.receive() == ServerFrame(opcode: 1, payload: Array("héllo".utf8)))
    }

    @Test func framesMayComeWithTheHandshake() throws {
        let raw = try server().client()
        raw.send(
            Array(
                "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
                    .utf8) + ClientFrame.text("early").bytes)
        #expect(raw.response()?.status == 101)
        #expect(raw.receive(exactly: 7) == [0x81, 5] + Array("early".utf8))
    }

    @Test func everyCaseOfTheTableOverARealSocket() throws {
        let server = try server()
        for example in FrameCase.all where example.bytes.count < 2000 {
            let client = WebSocketClient(server, "/echo")
            client.raw.send(example.bytes)
            for event in example.events {
                switch event {
                case .message(.text(let text)):
                    #expect(
                        client.receive() == ServerFrame(opcode: 1, payload: Array(text.utf8)), "\(example)")
                case .message(.binary(let bytes)):
                    #expect(client.receive() == ServerFrame(opcode: 2, payload: bytes), "\(example)")
                case .ping(let payload):
                    #expect(client.receive() == ServerFrame(opcode: 10, payload: payload), "\(example)")
                case .pong: break
                case .close(let code, _):
                    let payload = code.map { [UInt8($0.rawValue >> 8), UInt8($0.rawValue & 255)] } ?? []
                    #expect(client.receive() == ServerFrame(opcode: 8, payload: payload), "\(example)")
                    #expect(client.raw.isClosed, "\(example)")
                }
            }
            if let failure = example.failure {
                #expect(client.closeCode == Int(failure.rawValue), "\(example)")
                #expect(client.raw.isClosed, "\(example)")
            }
        }
    }

    @Test func tellsTheHandlerHowItEnded() throws {
        let server = try server()
        WebSocketClient(server, "/echo").send(.close(4000, Array("bye".utf8)))
        #expect(record.wait(for: 2).last == "closed 4000 bye")
        do { _ = WebSocketClient(server, "/echo") }
        #expect(record.wait(for: 4).last == "closed 1006 ")
        WebSocketClient(server, "/echo").send(ClientFrame(opcode: 8))
        #expect(record.wait(for: 6).last == "closed 1005 ")
        WebSocketClient(server, "/echo").send(ClientFrame(opcode: 3))
        #expect(record.wait(for: 8).last == "closed 1002 a reserved opcode")
    }

    @Test func messagesHaveALimit() throws {
        let server = try server { $0.maximumMessage = 1000 }
        let client = WebSocketClient(server, "/echo")
        client.send(.binary([UInt8](repeating: 1, count: 1000)))
        #expect(client.receive()?.payload.count == 1000)
        client.send(.binary([UInt8](repeating: 1, count: 1001)))
        #expect(client.closeCode == 1009)
    }

    /// The queue is bounded, but not so that one message, however large, could not be sent.
    @Test func theLargestMessageComesBack() throws {
        let server = try server { $0.maximumQueue = 1000 }
        let client = WebSocketClient(server, "/echo")
        let payload = (0..<(16 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        client.send(.binary(payload))
        #expect(client.receive() == ServerFrame(opcode: 2, payload: payload))
    }

    @Test func compressesIfAsked() throws {
        let client = WebSocketClient(
            try server(), "/echo", fields: "Sec-WebSocket-Extensions: permessage-deflate\r\n"
        )
        #expect(client.response?["Sec-WebSocket-Extensions"] == "permessage-deflate")
        let text = String(repeating: "again and ", count: 100)
        let deflater = Deflater(windowBits: 15, level: 6)
        let inflater = Inflater(windowBits: 15, keepsContext: true)
        var sizes: [Int] = []
        for _ in 0..<3 {
            client.send(ClientFrame(reserved: 4, opcode: 1, payload: deflater.deflate(Array(text.utf8)[...])))
            let frame = try #require(client.receive())
            #expect(frame.reserved == 4)
            sizes.append(frame.payload.count)
            var inflated: [UInt8] = []
            try frame.payload.withUnsafeBytes { try inflater.inflate($0, into: &inflated, limit: 1 << 20) }
            try inflater.finishMessage(into: &inflated, limit: 1 << 20)
            #expect(inflated == Array(text.utf8))
        }
        #expect(sizes[1] < sizes[0])
        client.send(.text("short and plain"))
        #expect(client.receive() == ServerFrame(opcode: 1, payload: Array("short and plain".utf8)))
    }

    @Test func aSilentPeerIsPingedAndThenGivenUp() throws {
        let server = try server { $0.pingInterval = 0.2 }
        let client = WebSocketClient(server, "/echo")
        #expect(client.receive()?.opcode == 9)
        #expect(client.raw.isClosed)
        #expect(record.wait(for: 2).last == "closed 1006 ")
    }

    @Test func aPeerThatAnswersIsKept() throws {
        #expect(
            try withGrowingLimits { limit in
                let server = try server { $0.pingInterval = limit }
                let client = WebSocketClient(server, "/echo")
                guard client.receive()?.opcode == 9 else { return false }
                client.send(.pong())
                return client.receive()?.opcode == 9
            })
    }

    /// The ping stands behind what the peer has yet to take, and is no reason to give it up.
    @Test func aPeerThatIsSlowToTakeALargeMessageIsKept() throws {
        let server = try server { $0.pingInterval = 0.2 }
        let client = WebSocketClient(server, "/echo", receiveBuffer: 4096)
        _ = record.wait(for: 1)
        let payload = [UInt8](repeating: 9, count: 8 << 20)
        record.sockets.withLock { $0[0] }.send(payload)
        #expect(client.raw.receive(exactly: 10).first == 0x82)
        var received = 0
        for _ in 0..<8 {
            received += client.raw.receive(exactly: 1 << 20).count
            usleep(100_000)
        }
        #expect(received == payload.count)
    }

    @Test func aPeerThatDoesNotAnswerACloseIsGivenUp() throws {
        let server = try server { $0.closeTimeout = 0.2 }
        let client = WebSocketClient(server, "/echo")
        _ = record.wait(for: 1)
        record.sockets.withLock { $0[0] }.close(CloseCode(3000), reason: "enough")
        #expect(client.closeCode == 3000)
        #expect(client.raw.isClosed)
    }

    @Test func tooManyMessagesCloseASlowPeer() throws {
        let server = try server { $0.maximumQueue = 1 << 20 }
        let client = WebSocketClient(server, "/echo", receiveBuffer: 4096)
        _ = record.wait(for: 1)
        let socket = record.sockets.withLock { $0[0] }
        let payload = [UInt8](repeating: 9, count: 100_000)
        for _ in 0..<200 { socket.send(payload) }
        var last: ServerFrame?
        while let frame = client.receive() {
            last = frame
            if frame.opcode == 8 { break }
        }
        #expect(last?.payload.starts(with: [3, 245]) == true)
    }

    @Test func newerFramesReplaceOlderOnes() throws {
        let server = try server()
        let client = WebSocketClient(server, "/echo", receiveBuffer: 4096)
        _ = record.wait(for: 1)
        let socket = record.sockets.withLock { $0[0] }
        for number in 0..<400 as Range<UInt32> {
            let payload =
                withUnsafeBytes(of: number.littleEndian) { Array($0) } + [UInt8](repeating: 0, count: 100_000)
            socket.offer(SharedFrame(binary: payload))
            if number % 20 == 0 { usleep(2000) }
        }
        usleep(50_000)
        var numbers: [UInt32] = []
        while numbers.last != 399, let frame = client.receive() {
            numbers.append(frame.payload[..<4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
        #expect(numbers == numbers.sorted())
        #expect(numbers.last == 399)
        #expect(numbers.count < 200)
        #expect(server.server.metrics.framesDropped == 400 - numbers.count)
    }

    @Test func sharedFramesAndMessagesShareACompressedStream() throws {
        let server = try server()
        let client = WebSocketClient(
            server, "/echo", fields: "Sec-WebSocket-Extensions: permessage-deflate\r\n")
        _ = record.wait(for: 1)
        let socket = record.sockets.withLock { $0[0] }
        let inflater = Inflater(windowBits: 15, keepsContext: true)
        func next() throws -> [UInt8] {
            let frame = try #require(client.receive())
            var inflated: [UInt8] = []
            try frame.payload.withUnsafeBytes { try inflater.inflate($0, into: &inflated, limit: 1 << 20) }
            try inflater.finishMessage(into: &inflated, limit: 1 << 20)
            return inflated
        }
        let text = String(repeating: "state ", count: 50)
        let bytes = (0..<2000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        for _ in 0..<3 {
            socket.send(text)
            #expect(try next() == Array(text.utf8))
            socket.offer(SharedFrame(binary: bytes))
            #expect(try next() == bytes)
            socket.send(SharedFrame(text: text))
            #expect(try next() == Array(text.utf8))
        }
        #expect(server.server.metrics.messagesSent == 6)
        #expect(server.server.metrics.framesSent == 3)
    }

    @Test func aSharedFrameThatIsSentIsNotDropped() throws {
        let server = try server { $0.maximumQueue = 1 << 30 }
        let client = WebSocketClient(server, "/echo", receiveBuffer: 4096)
        _ = record.wait(for: 1)
        let socket = record.sockets.withLock { $0[0] }
        let frame = SharedFrame(binary: [UInt8](repeating: 1, count: 100_000))
        for number in 0..<100 {
            socket.send(frame)
            socket.send("\(number)")
        }
        for number in 0..<100 {
            #expect(client.receive()?.payload.count == 100_000)
            #expect(client.receive() == ServerFrame(opcode: 1, payload: Array("\(number)".utf8)))
        }
    }

    @Test func sendingFromManyThreadsKeepsEachInOrder() throws {
        let server = try server()
        let client = WebSocketClient(server, "/echo")
        _ = record.wait(for: 1)
        let socket = record.sockets.withLock { $0[0] }
        for thread in 0..<4 {
            onThread { for number in 0..<500 { socket.send("\(thread) \(number)") } }
        }
        var next = [0, 0, 0, 0]
        for _ in 0..<2000 {
            let parts = String(decoding: client.receive()?.payload ?? [], as: UTF8.self).split(separator: " ")
            guard parts.count == 2, let thread = Int(parts[0]), let number = Int(parts[1]) else { break }
            #expect(next[thread] == number)
            next[thread] += 1
        }
        #expect(next == [500, 500, 500, 500])
    }
}
