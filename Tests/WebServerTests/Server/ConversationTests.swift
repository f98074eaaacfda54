import TestSupport
import Testing
import WebServer

/// What a client says on one connection, and what it must hear.
struct Conversation: Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    let statuses: [Int]
    /// Whether the server then closes the connection.
    var closes: Bool

    init(_ name: String, _ request: String, _ statuses: [Int], closes: Bool = false) {
        self.name = name
        self.request = request
        self.statuses = statuses
        self.closes = closes
    }

    var testDescription: String { name }

    private static let end = "\r\nHost: a\r\n\r\n"

    static let all: [Conversation] = [
        .init("GET", "GET /hello HTTP/1.1" + end, [200]),
        .init("a path nobody has", "GET /nothing HTTP/1.1" + end, [404]),
        .init("a query changes nothing", "GET /hello?a=b HTTP/1.1" + end, [200]),
        .init("an absolute target", "GET http://a/hello HTTP/1.1" + end, [200]),
        .init("POST", "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", [200]),
        .init("a method the path lacks", "DELETE /hello HTTP/1.1" + end, [405]),
        .init("TRACE", "TRACE /hello HTTP/1.1" + end, [405]),
        .init("CONNECT", "CONNECT a:443 HTTP/1.1" + end, [501]),
        .init("a method nobody knows", "BREW /hello HTTP/1.1" + end, [501]),
        .init("a method in lower case", "get /hello HTTP/1.1" + end, [501]),
        .init("OPTIONS", "OPTIONS /hello HTTP/1.1" + end, [204]),
        .init("OPTIONS of everything", "OPTIONS * HTTP/1.1" + end, [204]),
        .init("a parameter", "GET /name/x HTTP/1.1" + end, [200]),
        .init("a parameter that is missing", "GET /name/ HTTP/1.1" + end, [404]),
        .init("a handler that answers later", "GET /later HTTP/1.1" + end, [200]),
        .init("a handler that forgets", "GET /forgets HTTP/1.1" + end, [500]),
        .init("WebSocket without a handshake", "GET /socket HTTP/1.1" + end, [426]),
        .init("POST to a WebSocket", "POST /socket HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", [405]),
        .init(
            "an https target without TLS", "GET https://a/hello HTTP/1.1" + end, [421], closes: true),
        .init("close", "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", [200], closes: true),
        .init("HTTP/1.0", "GET /hello HTTP/1.0\r\n\r\n", [200], closes: true),
        .init("HTTP/1.0, kept", "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", [200]),
        .init("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [505], closes: true),
        .init("no Host", "GET /hello HTTP/1.1\r\n\r\n", [400], closes: true),
        .init("noise", "\u{1}\u{2}\u{3}", [400], closes: true),
        .init(
            "pipelined",
            "GET /hello HTTP/1.1" + end + "GET /nothing HTTP/1.1" + end + "GET /hello HTTP/1.1" + end,
            [200, 404, 200]),
        .init(
            "pipelined behind a slow one",
            "GET /later HTTP/1.1" + end + "GET /nothing HTTP/1.1" + end + "GET /later HTTP/1.1" + end,
            [200, 404, 200]),
        .init(
            "pipelined behind a close",
            "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /hello HTTP/1.1" + end, [200],
            closes: true),
        .init(
            "pipelined with something broken", "GET /hello HTTP/1.1" + end + "GET / HTTP/1.1\r\n\r\n",
            [200, 400],
            closes: true),
        .init(
            "pipelined with content",
            "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
                + "POST /hello HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
                + "GET /hello HTTP/1.1" + end, [200, 200, 200]),
        .init(
            "100-continue",
            "POST /hello HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
            [100, 200]),
        .init(
            "100-Continue, chunked",
            "POST /hello HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            [100, 200]),
        .init(
            "100-continue in HTTP/1.0 is nothing",
            "POST /hello HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi", [200], closes: true
        ),
        .init(
            "100-continue without content", "GET /hello HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
            [200]),
        .init(
            "100-continue for what is not there",
            "POST /nothing HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", [404],
            closes: true),
        .init(
            "100-continue for too much",
            "POST /hello HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n",
            [413],
            closes: true),
        .init(
            "100-continue twice",
            "POST /hello HTTP/1.1\r\nHost: a\r\nExpect: 100-continue, 100-continue\r\nContent-Length: 2\r\n\r\nhi",
            [100, 200]),
        .init(
            "100-continue and another expectation",
            "POST /hello HTTP/1.1\r\nHost: a\r\nExpect: 100-continue, tea\r\nContent-Length: 2\r\n\r\nhi",
            [417], closes: true),
        .init("no expectation", "GET /hello HTTP/1.1\r\nHost: a\r\nExpect:\r\n\r\n", [200]),
        .init(
            "another expectation", "GET /hello HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", [417],
            closes: true),
        .init(
            "content for GET is read over",
            "GET /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 19\r\n\r\nGET /x HTTP/1.1\r\n\r\nGET /hello HTTP/1.1"
                + end,
            [200, 200]),
        .init(
            "a name too long", "GET /\(String(repeating: "a", count: 10_000)) HTTP/1.1" + end, [414],
            closes: true),
        .init(
            "too much content",
            "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n"
                + String(repeating: "x", count: 100_000),
            [413], closes: true),
        .init(
            "a header too large",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n",
            [431], closes: true),
        .init("a file", "GET /file.txt HTTP/1.1" + end, [200]),
        .init("POST to a file", "POST /file.txt HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", [405]),
        .init("OPTIONS of a file", "OPTIONS /file.txt HTTP/1.1" + end, [204]),
    ]
}

@Suite(.realServers) struct ConversationTests {
    private let folder = TestFolder()

    private func server() throws -> TestServer {
        folder.write("file.txt", "content")
        var router = Router()
        router.get("/hello") { _, responder in responder.send(.text("hello")) }
        router.post("/hello") { request, responder in
            responder.send(Response(.ok, body: .bytes(request.body)))
        }
        router.get("/name/:name") { request, responder in
            responder.send(.text(request.parameters["name"] ?? "nobody"))
        }
        router.get("/later") { _, responder in
            onThread(afterMilliseconds: 5) { responder.send(.text("later")) }
        }
        router.get("/forgets") { _, _ in }
        router.webSocket("/socket") { _, socket in EchoHandler(socket: socket) }
        router.files(try StaticFiles(root: folder.path))
        return try TestServer(router)
    }

    @Test func everyConversationAtOnceAndByteByByte() throws {
        let server = try server()
        for conversation in Conversation.all {
            for bytewise in [false, true] {
                let client = server.client()
                if bytewise, conversation.request.utf8.count < 300 {
                    client.trickle(conversation.request)
                } else {
                    client.send(conversation.request)
                }
                let statuses = conversation.statuses.map { _ in client.response()?.status ?? 0 }
                #expect(statuses == conversation.statuses, "\(conversation.name)")
                if !conversation.closes {
                    client.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    #expect(client.response()?.status == 200, "\(conversation.name): kept")
                }
                #expect(client.isClosed, "\(conversation.name): closed")
            }
        }
    }

    @Test func headIsGetWithoutContent() throws {
        let server = try server()
        for path in ["/hello", "/file.txt", "/nothing"] {
            let get = try #require(server.get(path))
            let head = try #require(server.get(path, method: "HEAD"))
            #expect(head.status == get.status)
            #expect(head["Content-Length"] == get["Content-Length"])
            #expect(head["Content-Type"] == get["Content-Type"])
            #expect(head["ETag"] == get["ETag"])
        }
        let client = server.client()
        client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.response(toHead: true)?.status == 200)
        #expect(client.response()?.text == "hello")
    }

    @Test(arguments: [
        "HEAD / HTTP/1.1\r\n\r\n", "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n",
    ])
    func evenARefusalOfHeadHasNoContent(_ request: String) throws {
        let client = try server().client()
        client.send(request)
        #expect((client.response(toHead: true)?.status ?? 0) >= 400)
        #expect(client.isClosed)
    }

    @Test func saysWhatIsAllowed() throws {
        let server = try server()
        #expect(server.get("/hello", method: "OPTIONS")?["Allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(server.get("/hello", method: "PUT")?["Allow"] == "GET, HEAD, OPTIONS, POST")
        #expect(server.get("/socket", method: "PUT")?["Allow"] == "GET, HEAD, OPTIONS")
        #expect(server.get("/file.txt", method: "PUT")?["Allow"] == "GET, HEAD, OPTIONS")
    }

    @Test func everyResponseIsDatedAndSafe() throws {
        let server = try server()
        for path in ["/hello", "/file.txt", "/nothing"] {
            let response = try #require(server.get(path))
            #expect(response["Date"].flatMap(HTTPDate.parse) != nil)
            for name in ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"] {
                #expect(response.fields.filter { $0.name == name.lowercased() }.count == 1)
            }
        }
    }

    @Test func valuesCannotForgeFields() throws {
        var router = Router()
        router.get("/") { request, responder in
            responder.send(Response(.ok, headers: ["X-Echo": "a\r\nX-Forged: b\0\u{7f}"]))
        }
        let response = try #require(try TestServer(router).get("/"))
        #expect(response["X-Echo"] == "a  X-Forged: b  ")
        #expect(response["X-Forged"] == nil)
    }

    @Test(arguments: [100_000, 1 << 19, 1 << 20])
    func manyLargeAnswersAreAllSent(_ size: Int) throws {
        folder.write("large.bin", [UInt8](repeating: 7, count: size))
        let client = try server().client()
        client.send(String(repeating: "GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n", count: 300))
        for _ in 0..<300 { #expect(client.response()?.body.count == size) }
    }

    @Test func whatWasAskedBeforeTheClientClosedItsSideIsAnswered() throws {
        folder.write("large.bin", [UInt8](repeating: 7, count: 100_000))
        for path in ["/large.bin", "/later"] {
            let client = try server().client()
            client.send(String(repeating: "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n", count: 20))
            client.finish()
            for _ in 0..<20 { #expect(client.response()?.status == 200) }
            #expect(client.isClosed)
        }
    }

    @Test func whatComesBehindTheLastRequestDoesNotCutItsAnswer() throws {
        folder.write("large.bin", [UInt8](repeating: 7, count: 2_000_000))
        let server = try server()
        for last in ["1.1\r\nHost: a\r\nConnection: close", "1.0"] {
            let client = server.client()
            client.send("GET /large.bin HTTP/\(last)\r\n\r\n")
            // Not read while the answer waits to be sent, so it is still there when all of that has gone.
            client.send([UInt8](repeating: 7, count: 100_000))
            #expect(client.response()?.body.count == 2_000_000)
            #expect(client.isClosed)
        }
    }

    @Test func aRequestThatEndsTooSoonIsToldSo() throws {
        let server = try server()
        for request in [
            "GET /hel", "GET /hello HTTP/1.1\r\nHost: a\r\n",
            "POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhi",
            "POST /hello HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n",
        ] {
            let client = server.client()
            client.send(request)
            client.finish()
            #expect(client.response()?.status == 400)
            #expect(client.isClosed)
        }
        let silent = server.client()
        silent.finish()
        #expect(silent.isClosed)
    }

    @Test func aClientMayCloseItsSideAndStillIsAnswered() throws {
        let server = try server()
        let client = server.client()
        client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
        client.finish()
        #expect(client.response()?.text == "later")
        #expect(client.isClosed)
    }
}

struct EchoHandler: WebSocketHandler {
    let socket: WebSocket
    func message(_ message: WebSocketMessage) { socket.send(message) }
}
