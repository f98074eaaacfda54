import Testing
import WebServer

/// Behind a proxy that passes on the path below which the server lies.
@Suite("Base path") struct BasePathTests {
    private let folder = TestFolder()

    private func server() throws -> TestServer {
        folder.folder("styles")
        folder.write("index.html", "page")
        folder.write("styles/index.html", "styles")
        var router = Router()
        router.get("/hello/:name") { request, responder in
            responder.send(.text("\(request.path) \(request.parameters["name"] ?? "")"))
        }
        router.webSocket("/socket") { _, socket in EchoHandler(socket: socket) }
        router.files(try StaticFiles(root: folder.path))
        return try TestServer(router) { $0.basePath = "/tools/lab" }
    }

    @Test("Pages, routes and WebSockets lie below it")
    func below() throws {
        let server = try server()
        #expect(server.get("/tools/lab/")?.text == "page")
        #expect(server.get("/tools/lab/index.html")?.text == "page")
        #expect(server.get("/tools/lab/hello/you?a=b")?.text == "/hello/you you")
        #expect(WebSocketClient(server, "/tools/lab/socket").response?.status == 101)
    }

    @Test(
        "Nothing lies beside it",
        arguments: ["/hello/you", "/tools", "/tools/laboratory", "/index.html", "/tools/"])
    func beside(_ path: String) throws {
        #expect(try server().get(path)?.status == 404)
    }

    @Test(
        "Redirects are relative, so that they lead below it",
        arguments: [
            ("/", "./tools/lab/"), ("/tools/lab", "./lab/"), ("/tools/lab/styles", "./styles/"),
            ("/tools/lab/styles?a=b", "./styles/?a=b"),
        ])
    func redirects(_ path: String, _ location: String) throws {
        let response = try server().get(path)
        #expect(response?.status == 308)
        #expect(response?["Location"] == location)
    }
}
