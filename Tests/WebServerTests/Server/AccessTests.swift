import Testing
import WebServer

/// Whom a server answers, over real sockets.
@Suite("Names and origins") struct AccessTests {
    private func server(_ change: (inout AccessPolicy) -> Void = { _ in }) throws -> TestServer {
        var router = Router()
        router.get("/page") { _, responder in responder.send(.text("page")) }
        for method in [Method.post, .put, .patch, .delete] {
            router.on(method, "/page") { request, responder in responder.send(.text("written")) }
        }
        router.webSocket("/socket") { _, socket in EchoHandler(socket: socket) }
        return try TestServer(router) {
            $0.access.names = .only(["lab.example.org"])
            $0.access.remedy = { refusal in "Ask the operator about \(refusal.description)" }
            change(&$0.access)
        }
    }

    private func status(_ server: TestServer, _ method: String, _ fields: [String]) -> Int? {
        let client = server.client()
        client.send("\(method) /page HTTP/1.1\r\n" + fields.map { "\($0)\r\n" }.joined() + "\r\n")
        return client.response(toHead: method == "HEAD")?.status
    }

    private static let handshake = [
        "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ]

    private func webSocketStatus(_ server: TestServer, _ fields: [String]) -> Int? {
        let client = server.client()
        let all = (fields + Self.handshake).map { "\($0)\r\n" }.joined()
        client.send("GET /socket HTTP/1.1\r\n\(all)\r\n")
        return client.response()?.status
    }

    @Test("Addresses, localhost and the names given are answered; any other name is told so with 421")
    func names() throws {
        let server = try server()
        for host in [
            "127.0.0.1", "127.0.0.1:8080", "192.168.1.5", "[::1]:8080", "[2001:db8::7]", "localhost",
            "LocalHost:8080", "localhost.", "lab.localhost", "lab.example.org", "LAB.example.org:443",
        ] {
            #expect(status(server, "GET", ["Host: \(host)"]) == 200, "\(host)")
            #expect(webSocketStatus(server, ["Host: \(host)"]) == 101, "\(host)")
        }
        for host in [
            "evil.example", "lab.example.org.evil.example", "notlocalhost", "127.0.0.1.evil.example",
            "1.2.3", "localhost.evil.example", "example.org",
        ] {
            for method in ["GET", "HEAD", "POST", "OPTIONS", "DELETE"] {
                #expect(status(server, method, ["Host: \(host)"]) == 421, "\(method) \(host)")
            }
            #expect(webSocketStatus(server, ["Host: \(host)"]) == 421, "\(host)")
        }
    }

    @Test("The name in an absolute target counts, not the Host field")
    func absoluteTarget() throws {
        let client = try server().client()
        client.send("GET http://evil.example/page HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(client.response()?.status == 421)
        client.send("GET http://localhost/page HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        #expect(client.response()?.status == 200)
    }

    @Test("Each request of a connection must ask for a name of the server")
    func everyRequest() throws {
        let client = try server().client()
        for (host, status) in [("localhost", 200), ("evil.example", 421), ("localhost", 200)] {
            client.send("GET /page HTTP/1.1\r\nHost: \(host)\r\n\r\n")
            #expect(client.response()?.status == status)
        }
    }

    @Test(
        "Only a proxy that the configuration names may ask by any name: what is on this machine may be a browser"
    )
    func namesOfProxies() throws {
        let fields = ["Host: evil.example", "X-Forwarded-Host: localhost", "X-Forwarded-For: 192.0.2.7"]
        #expect(status(try server(), "GET", fields) == 421)
        let behindProxy = try server { $0.trustedProxies = ["127.0.0.0/8"].compactMap { AddressRange($0) } }
        #expect(status(behindProxy, "GET", fields) == 200)
    }

    @Test("A refusal says what is refused and what the operator can do")
    func remedy() throws {
        let server = try server()
        let client = server.client()
        client.send("GET /page HTTP/1.1\r\nHost: evil.example:80\r\n\r\n")
        let sentence = "This server does not answer to the name evil.example:80."
        #expect(client.response()?.text == "\(sentence) Ask the operator about \(sentence)\n")
    }

    @Test(
        "What writes, and a WebSocket, must come from a page of this server or from no page",
        arguments: [
            ([], true), (["Origin: http://localhost:8080"], true), (["Origin: https://localhost:8080"], true),
            (["Origin: http://localhost:8080", "Sec-Fetch-Site: same-origin"], true),
            (["Sec-Fetch-Site: same-origin"], true), (["Sec-Fetch-Site: none"], true),
            (["Origin: https://friend.example", "Sec-Fetch-Site: cross-site"], true),
            (["Origin: http://localhost:8081"], false), (["Origin: http://localhost"], false),
            (["Origin: http://evil.example"], false), (["Origin: null"], false), (["Origin:"], false),
            (["Origin: http://evil.example", "Content-Type: text/plain"], false),
            (["Origin: http://localhost:8080", "Origin: http://evil.example"], false),
            (["Sec-Fetch-Site: cross-site"], false), (["Sec-Fetch-Site: same-site"], false),
            // A proxy that puts the Origin right does not make a foreign page one of this server.
            (["Origin: http://localhost:8080", "Sec-Fetch-Site: cross-site"], false),
            (["Origin: https://lab.example.org", "X-Forwarded-Host: lab.example.org"], true),
            (
                [
                    "Origin: http://lab.example.org", "X-Forwarded-Host: lab.example.org",
                    "X-Forwarded-Proto: https",
                ], false
            ),
        ])
    func origins(_ fields: [String], _ isAllowed: Bool) throws {
        let server = try server { $0.origins = ["https://friend.example"] }
        let fields = ["Host: localhost:8080"] + fields
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            #expect(status(server, method, fields) == (isAllowed ? 200 : 403), "\(method) \(fields)")
        }
        #expect(webSocketStatus(server, fields) == (isAllowed ? 101 : 403), "\(fields)")
        #expect(status(server, "GET", fields) == 200, "whoever may not write may read: \(fields)")
    }
}
