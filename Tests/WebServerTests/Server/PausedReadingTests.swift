import Glibc
import Testing
import WebServer

/// Pauses after each message.
private struct PausingHandler: WebSocketHandler {
    let socket: WebSocket
    let record: Record

    func opened() {
        record.sockets.withLock { $0.append(socket) }
        record.add("opened")
    }

    func message(_ message: WebSocketMessage) {
        socket.pauseReading()
        guard case .text(let text) = message else { return record.add("binary") }
        record.add(text)
    }

    func closed(_ code: CloseCode, reason: String) { record.add("closed \(code.rawValue)") }
}

@Suite("A server that reads no more for a while") struct PausedReadingTests {
    enum Way: CaseIterable { case plain, compressed, encrypted }

    private let record = Record()

    private func server(pingInterval: Double = 3600, encrypted: Bool = false) throws -> TestServer {
        var options = WebSocketOptions()
        options.pingInterval = pingInterval
        var router = Router()
        router.webSocket("/pausing", options: options) { [record] _, socket in
            PausingHandler(socket: socket, record: record)
        }
        return try TestServer(router) { configuration in
            if encrypted {
                configuration.tls = try? LocalCertificate(hosts: ["localhost"]).configuration
            }
        }
    }

    private var lineCount: Int { record.lines.withLock { $0.count } }

    private var socket: WebSocket { record.sockets.withLock { $0[0] } }

    @Test("Takes one message after the other, in order, however they came", arguments: Way.allCases)
    func order(_ way: Way) throws {
        let server = try server(encrypted: way == .encrypted)
        let texts = ["one", String(repeating: "two ", count: 10_000), "three"]
        let deflater = Deflater(windowBits: 15, level: 6)
        let frames = texts.map { text in
            way == .compressed
                ? ClientFrame(reserved: 4, opcode: 1, payload: deflater.deflate(Array(text.utf8)[...]))
                : .text(text)
        }
        let bytes = frames.flatMap(\.bytes)
        let fields = way == .compressed ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : ""
        let plain = way == .encrypted ? nil : WebSocketClient(server, "/pausing", fields: fields)
        let encrypted = way == .encrypted ? TLSClient(server) : nil
        encrypted?.send(
            "GET /pausing HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        plain?.raw.send(bytes)
        encrypted?.send(bytes)
        for count in 1...3 {
            #expect(record.wait(for: count + 1) == ["opened"] + texts.prefix(count))
            usleep(20_000)
            #expect(lineCount == count + 1, "nothing comes before it is asked for")
            socket.resumeReading()
        }
    }

    @Test("Leaves with the peer what the peer sends meanwhile")
    func backPressure() throws {
        let server = try server()
        let client = WebSocketClient(server, "/pausing")
        client.send(.text("first"))
        _ = record.wait(for: 2)
        let sent = Record()
        let flood = ClientFrame.binary([UInt8](repeating: 7, count: 1 << 20)).bytes
        // Sound: nobody else uses it until everything is sent.
        nonisolated(unsafe) let raw = client.raw
        onThread {
            for _ in 0..<64 { raw.send(flood) }
            sent.add("all")
        }
        usleep(300_000)
        let isAllSent = sent.lines.withLock { !$0.isEmpty }
        #expect(!isAllSent, "64 MB are more than the system holds")
        for count in 3...66 {
            socket.resumeReading()
            #expect(record.wait(for: count).count == count)
        }
        #expect(sent.wait(for: 1) == ["all"])
    }

    @Test("Hears out a peer that has closed behind its messages")
    func goodbye() throws {
        let server = try server()
        let client = WebSocketClient(server, "/pausing")
        client.send(.text("one"), .text("two"), .close(1000))
        client.raw.finish()
        _ = record.wait(for: 2)
        usleep(20_000)
        socket.resumeReading()
        _ = record.wait(for: 3)
        socket.resumeReading()
        #expect(record.wait(for: 4) == ["opened", "one", "two", "closed 1000"])
    }

    @Test("Does not take its own silence for the peer's")
    func patience() throws {
        let server = try server(pingInterval: 0.1)
        let client = WebSocketClient(server, "/pausing")
        client.send(.text("one"))
        _ = record.wait(for: 2)
        let isClosed = { [record] in record.lines.withLock { $0.contains { $0.hasPrefix("closed") } } }
        guard !isClosed() else { return }
        usleep(800_000)
        #expect(!isClosed())
    }
}
