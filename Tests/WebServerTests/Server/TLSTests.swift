import TestSupport
import Testing
import WebServer

/// TLS from end to end; who else can speak with it is for Tests/Interop.
@Suite(.realServers) struct TLSTests {
    private func server() throws -> TestServer {
        var router = Router()
        router.get("/hello") { request, responder in responder.send(.text("hello \(request.isSecure)")) }
        router.webSocket("/echo") { _, socket in RecordingHandler(socket: socket, record: Record()) }
        return try TestServer(router) { configuration in
            configuration.tls = try? LocalCertificate(hosts: ["localhost"]).configuration
            configuration.tls?.strictTransportSeconds = 3600
        }
    }

    private let request = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n"

    @Test(arguments: TLSClient.ways) func speaksHTTPAndWebSocket(_ way: Int) throws {
        let client = TLSClient(try server(), way: way)
        for _ in 0..<3 {
            client.send(request)
            #expect(client.receive(until: "hello true").hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
        client.send(
            "GET /echo HTTP/1.1\r\nHost: test\r\nOrigin: https://test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        #expect(client.receive(until: "\r\n\r\n").hasPrefix("HTTP/1.1 101 "))
        client.send(ClientFrame.text("through TLS").bytes)
        #expect(client.receive(until: "through TLS").hasSuffix("through TLS"))
    }

    @Test(arguments: TLSClient.ways) func whoSaysGoodbyeBehindARequestIsAnsweredAndLetGo(_ way: Int) throws {
        let client = TLSClient(try server(), way: way)
        client.sendLast(request)
        #expect(client.receive(until: "hello true").hasSuffix("hello true"))
        #expect(client.receive(until: "nothing more").isEmpty)
        #expect(client.wasToldTheEnd)
    }

    @Test(arguments: TLSClient.ways) func aBrokenRecordBehindARequestEndsTheConnection(_ way: Int) throws {
        let client = TLSClient(try server(), way: way)
        client.sendBroken(request)
        _ = client.receive(until: "nothing more")
        #expect(client.raw.isClosed)
    }

    @Test func aSecondPortSendsEverybodyToTheFirst() throws {
        var router = Router()
        router.get("/hello") { _, responder in responder.send(.text("never without TLS")) }
        let server = try TestServer(router) { configuration in
            configuration.tls = try? LocalCertificate(hosts: ["localhost"]).configuration
            configuration.redirectPort = 0
        }
        let port = try #require(server.server.redirectPort)
        let client = RawClient(server, port: port)
        client.send("GET /hello?a=b HTTP/1.1\r\nHost: test:\(port)\r\n\r\n")
        let response = client.response()
        #expect(response?.status == 308)
        #expect(response?["Location"] == "https://test:\(server.port)/hello?a=b")
    }

    /// RFC 6797 §7.2
    @Test func nobodyIsToldToInsistOnHTTPSWithoutIt() throws {
        let server = try server()
        let client = TLSClient(server)
        client.send(request)
        #expect(client.receive(until: "\r\n\r\n").contains("\r\nStrict-Transport-Security: max-age=3600\r\n"))
        let redirect = server.get("/hello")
        #expect(redirect?.status == 308)
        #expect(redirect?["Location"] == "https://test:\(server.port)/hello")
        #expect(redirect?["Strict-Transport-Security"] == nil)
        let stranger = server.client()
        stranger.send("SSH-2.0-somebody\r\n")
        let refusal = stranger.response()
        #expect(refusal?.status == 400)
        #expect(refusal?["Strict-Transport-Security"] == nil)
    }
}
