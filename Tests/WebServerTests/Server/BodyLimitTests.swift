import Testing
import WebServer

/// How much content a route takes, over real sockets.
@Suite("Limits of content") struct BodyLimitTests {
    private let folder = TestFolder()

    private func server() throws -> TestServer {
        folder.write("file.txt", "content")
        var router = Router()
        let count: Router.Handler = { request, responder in
            responder.send(.text("\(request.body.count)"))
        }
        router.post("/small", limit: 10, count)
        router.post("/large", limit: 3 << 20, count)
        router.put("/default", count)
        router.on(.patch, "/some/:name", limit: 5, count)
        router.files(try StaticFiles(root: folder.path))
        return try TestServer(router) { $0.limits.body = 1000 }
    }

    private static let cases = [
        ("POST /small", 10, 200), ("POST /small", 11, 413), ("POST /large", 3 << 20, 200),
        ("POST /large", 3 << 20 | 1, 413), ("PUT /default", 1000, 200), ("PUT /default", 1001, 413),
        ("PATCH /some/thing", 5, 200), ("PATCH /some/thing", 6, 413),
    ]

    @Test("A route takes as much as it says, or else as the server says", arguments: cases)
    func limits(_ line: String, _ count: Int, _ status: Int) throws {
        let client = try server().client()
        client.send("\(line) HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n")
        if status == 200 { client.send([UInt8](repeating: 7, count: count)) }
        let response = client.response()
        #expect(response?.status == status)
        if status == 200 { #expect(response?.text == "\(count)") } else { #expect(client.isClosed) }
    }

    @Test("The limit holds while content of unknown length is read", arguments: cases)
    func chunks(_ line: String, _ count: Int, _ status: Int) throws {
        let client = try server().client()
        client.send("\(line) HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        // The last byte is a chunk of its own: what comes before it is within every limit.
        client.send("\(String(count - 1, radix: 16))\r\n")
        client.send([UInt8](repeating: 7, count: count - 1))
        client.send("\r\n1\r\n")
        if status == 200 { client.send("7\r\n0\r\n\r\n") }
        #expect(client.response()?.status == status)
    }

    @Test(
        "Content that nobody takes is refused at once, without being read",
        arguments: [
            ("POST /nothing", 404), ("PUT /small", 405), ("POST /file.txt", 405), ("GET /nothing", 404),
            ("BREW /small", 501),
        ])
    func nobody(_ line: String, _ status: Int) throws {
        let server = try server()
        for framing in ["Content-Length: 5000000", "Transfer-Encoding: chunked"] {
            let client = server.client()
            // None of it is sent: a server that waited for it would not answer.
            client.send("\(line) HTTP/1.1\r\nHost: a\r\n\(framing)\r\n\r\n")
            #expect(client.response()?.status == status)
            #expect(client.isClosed)
        }
    }
}
