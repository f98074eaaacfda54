import Glibc
import Synchronization
import TestSupport
import Testing
import WebServer

@Suite(.realServers) struct LimitTests {
    private func router() -> Router {
        var router = Router()
        router.get("/") { _, responder in responder.send(.text("hello")) }
        router.get("/large") { _, responder in
            responder.send(Response(.ok, body: .bytes([UInt8](repeating: 7, count: 8 << 20))))
        }
        router.webSocket("/socket") { _, socket in EchoHandler(socket: socket) }
        return router
    }

    @Test func aSlowHeadIsTold408() throws {
        #expect(
            try withGrowingLimits { limit in
                let server = try TestServer(router()) { $0.timeouts.head = limit }
                let client = server.client()
                client.send("GET / HT")
                return client.response()?.status == 408 && client.isClosed
            })
    }

    @Test func aHeadThatDripsIsToldSoAsWell() throws {
        #expect(
            try withGrowingLimits { limit in
                let server = try TestServer(router()) { $0.timeouts.head = limit }
                let client = server.client()
                client.send("GET / HTTP/1.1\r\nHost: a\r\n")
                for _ in 0..<6 {
                    client.send("X: y\r\n")
                    usleep(UInt32(limit * 0.25e6))
                }
                return client.response()?.status == 408
            })
    }

    @Test func aSlowBodyIsTold408() throws {
        var router = router()
        router.post("/") { _, responder in responder.send(.text("never complete")) }
        let server = try TestServer(router) { $0.timeouts.body = 0.2 }
        let client = server.client()
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        #expect(client.response()?.status == 408)
        #expect(client.isClosed)
    }

    @Test func aLongBodyHasTheTimeForEachPart() throws {
        var router = router()
        router.post("/count") { request, responder in responder.send(.text("\(request.body.count)")) }
        #expect(
            try withGrowingLimits { limit in
                let server = try TestServer(router) { $0.timeouts.body = limit }
                let client = server.client()
                client.send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 700000\r\n\r\n")
                for _ in 0..<7 {
                    client.send([UInt8](repeating: 7, count: 100_000))
                    usleep(UInt32(limit * 0.2e6))
                }
                return client.response()?.text == "700000"
            })
    }

    @Test func anIdleConnectionIsClosedWithoutAWord() throws {
        let server = try TestServer(router()) { $0.timeouts.idle = 0.2 }
        let client = server.client()
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.response()?.status == 200)
        #expect(client.isClosed)
        let silent = try TestServer(router()) { $0.timeouts.head = 0.2 }
        #expect(silent.client().isClosed)
    }

    @Test func aClientThatDoesNotReadIsGivenUp() throws {
        let server = try TestServer(router()) { $0.timeouts.write = 0.3 }
        let client = server.client(receiveBuffer: 4096)
        client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(
            eventually {
                let metrics = server.server.metrics
                return metrics.accepted == 1 && metrics.connections == 0
            })
    }

    /// Whoever takes a large answer through a slow line is not idle.
    @Test func aSlowDownloadIsNoIdleConnection() throws {
        let server = try TestServer(router()) { $0.timeouts.idle = 0.2 }
        let client = server.client(receiveBuffer: 4096)
        client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        let head = client.receive(until: "\r\n\r\n")
        #expect(RawResponse(head: head)?.status == 200)
        var received = 0
        for _ in 0..<8 {
            received += client.receive(exactly: 1 << 20).count
            usleep(100_000)
        }
        #expect(received == 8 << 20)
        #expect(client.isClosed)
    }

    /// More clients than the loop reads from in one turn, all of whom spoke while it was busy elsewhere.
    @Test func whatArrivedInTimeIsReadBeforeTheTimeIsUp() throws {
        #expect(
            try withGrowingLimits { limit in
                let block = Atomic<UInt32>(0)
                var router = router()
                router.get("/block") { _, responder in
                    usleep(block.load(ordering: .relaxed))
                    responder.send(.text("done"))
                }
                let server = try TestServer(router) {
                    $0.threads = 1
                    $0.timeouts.head = limit
                }
                let clients = (0..<700).map { _ in server.client() }
                guard eventually({ server.server.metrics.accepted == 700 }) else { return false }
                block.store(UInt32(limit * 1.5e6), ordering: .relaxed)
                clients[0].send("GET /block HTTP/1.1\r\nHost: a\r\n\r\n")
                for client in clients.dropFirst() { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
                return clients.allSatisfy { $0.response()?.status == 200 }
            })
    }

    @Test func whatAClientDoesNotReadStaysWithTheServer() throws {
        let server = try TestServer(router())
        let stuck = server.client(receiveBuffer: 4096)
        stuck.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(stuck.receive(exactly: 1) == Array("H".utf8))
        for _ in 0..<10 { #expect(server.get("/")?.status == 200) }
        // The system, left alone, would take four megabytes from each.
        #expect(server.server.metrics.bytesSent < 2 << 20)
        withExtendedLifetime(stuck) {}
    }

    @Test func oneTooManyIsToldAndTheNextIsServed() throws {
        let server = try TestServer(router()) { $0.limits.connections = 2 }
        do {
            let first = server.client()
            let second = server.client()
            for client in [first, second] {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(client.response()?.status == 200)
            }
            withExtendedLifetime((first, second)) {
                let third = server.client()
                let refusal = third.response()
                #expect(refusal?.status == 503)
                #expect(refusal?["Retry-After"] != nil)
                #expect(refusal?["X-Content-Type-Options"] == "nosniff")
                #expect(refusal?.text.isEmpty == false)
                #expect(third.isClosed)
            }
        }
        #expect(eventually { server.server.metrics.connections == 0 })
        #expect(server.get("/")?.status == 200)
        #expect(server.server.metrics.refused == 1)
    }

    @Test func oneAddressHasALimitOfItsOwn() throws {
        let server = try TestServer(router()) {
            $0.limits.connectionsPerAddress = 2
            $0.limits.exemptsLoopback = false
        }
        let held = [server.client(), server.client()]
        for client in held {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.response()?.status == 200)
        }
        withExtendedLifetime(held) {
            let third = server.client()
            #expect(third.response()?.status == 429)
            #expect(third.isClosed)
            // Another address of the loopback network is another client.
            let other = server.client(from: "127.0.0.2")
            other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(other.response()?.status == 200)
        }
    }

    @Test func thisMachineIsFreeOfThatLimitUnlessAskedFor() throws {
        let server = try TestServer(router()) { $0.limits.connectionsPerAddress = 2 }
        let clients = (0..<5).map { _ in server.client() }
        for client in clients {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.response()?.status == 200)
        }
    }

    /// More connections than the first loop takes alone, so that the others serve and end as well.
    @Test func severalLoopsServeAndEnd() throws {
        let server = try TestServer(router()) { $0.threads = 3 }
        let clients = (0..<400).map { _ in server.client() }
        for client in clients { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        for client in clients { #expect(client.response()?.text == "hello") }
        let socket = WebSocketClient(server, "/socket")
        socket.send(.text("far"))
        #expect(socket.receive() == ServerFrame(opcode: 1, payload: Array("far".utf8)))
        server.server.shutdown(deadline: .seconds(Patience.seconds))
        for client in clients { #expect(client.isClosed) }
        #expect(socket.closeCode == 1001)
        socket.send(.close(1001))
        server.server.wait()
        #expect(server.server.metrics.connections == 0)
    }

    @Test func shutdownFinishesWhatIsUnderWay() throws {
        let held = Held()
        var router = router()
        router.get("/slow") { _, responder in held.responder.withLock { $0 = responder } }
        let server = try TestServer(router)
        let idle = server.client()
        idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(idle.response()?.status == 200)
        let busy = server.client()
        busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        let socket = WebSocketClient(server, "/socket")
        let responder = try #require(held.wait())
        server.server.shutdown(deadline: .seconds(Patience.seconds))
        #expect(idle.isClosed)
        #expect(
            socket.receive() == ServerFrame(opcode: 8, payload: [3, 233] + Array("the server stops".utf8)))
        responder.send(.text("done"))
        let response = busy.response()
        #expect(response?.text == "done")
        #expect(response?["Connection"] == "close")
        #expect(busy.isClosed)
        socket.send(.close(1001))
        server.server.wait()
    }

    @Test func aFarewellComesBehindWhatWasSentAndBeforeTheClose() throws {
        var options = WebSocketOptions()
        options.farewell = .text("goodbye")
        let record = Record()
        var router = Router()
        router.webSocket("/socket", options: options) { _, socket in
            RecordingHandler(socket: socket, record: record)
        }
        let server = try TestServer(router) { $0.threads = 2 }
        let clients = (0..<3).map { _ in WebSocketClient(server, "/socket") }
        _ = record.wait(for: 3)
        for socket in record.sockets.withLock({ $0 }) { socket.send("news") }
        server.server.shutdown(deadline: .seconds(120))
        for client in clients {
            #expect(client.receive() == ServerFrame(opcode: 1, payload: Array("news".utf8)))
            #expect(client.receive() == ServerFrame(opcode: 1, payload: Array("goodbye".utf8)))
            #expect(client.closeCode == 1001)
            client.send(.close(1001))
        }
        server.server.wait()
    }

    @Test func aHandshakeThatEndsAfterTheServerBeganToStopIsToldSo() throws {
        let server = try TestServer(router())
        let handshake =
            "GET /socket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        let late = WebSocketClient(server.client())
        late.raw.send(handshake)
        #expect(eventually { server.server.metrics.bytesReceived >= handshake.utf8.count })
        let idle = server.client()
        idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(idle.response()?.status == 200)
        server.server.shutdown(deadline: .seconds(Patience.seconds))
        #expect(idle.isClosed)
        late.raw.send("\r\n")
        #expect(late.raw.response()?.status == 101)
        #expect(late.closeCode == 1001)
        late.send(.close(1001))
        server.server.wait()
    }

    @Test func aPortInUseIsOneClearLine() throws {
        let server = try TestServer(router())
        #expect {
            _ = try TestServer(Router()) { $0.port = server.port }
        } throws: {
            "\($0)" == "port \(server.port) on 127.0.0.1 is already in use"
        }
        #expect(throws: ServerError.self) {
            _ = try TestServer(Router()) { $0.host = "no.such.host.invalid" }
        }
        #expect(throws: UnreadableFolder.self) { _ = try StaticFiles(root: "/no/such/folder") }
    }
}

/// A request that waits for its answer.
final class Held: Sendable {
    let responder = Mutex<Responder?>(nil)

    /// The request, as soon as it is there.
    func wait() -> Responder? {
        _ = eventually { responder.withLock { $0 != nil } }
        return responder.withLock { held in
            defer { held = nil }
            return held
        }
    }
}
