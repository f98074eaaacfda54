// Echoes text and binary messages at /echo: `ws-echo [--port 9001] [--host 127.0.0.1]`.

import Glibc
import Logging
import WebServer

struct Echo: WebSocketHandler {
    let socket: WebSocket
    func message(_ message: WebSocketMessage) { socket.send(message) }
}

func option(_ name: String) -> String? {
    let arguments = CommandLine.arguments
    return arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
}

var router = Router()
router.webSocket("/echo") { _, socket in Echo(socket: socket) }
router.get("/") { _, responder in responder.send(.text("WebSocket echo at /echo\n")) }

var logger = Logger(label: "ws-echo")
logger.logLevel = .notice

do throws(ServerError) {
    let address = ServerConfiguration(
        host: option("--host") ?? "127.0.0.1", port: option("--port").flatMap { Int($0) } ?? 9001)
    let server = try Server(address, router: router, logger: logger)
    try server.handleSignals()
    try server.start()
    print("ws://\(address.host):\(server.port)/echo")
    fflush(nil)
    server.wait()
} catch {
    print(error)
    exit(1)
}
