// Echoes text and binary messages at /echo: `ws-echo [--port 9001] [--host 127.0.0.1]`.

import Glibc
import Logging
import WebServer

struct Echo: WebSocketHandler {
    let socket: WebSocket
    func message(_ message: WebSocketMessage) { socket.send(message) }
}

var host = "127.0.0.1"
var port: UInt16 = 9001
var arguments = CommandLine.arguments.dropFirst()
while let name = arguments.popFirst() {
    switch (name, arguments.popFirst()) {
    case ("--host", let value?): host = value
    case ("--port", let value?) where UInt16(value) != nil: port = UInt16(value)!
    default:
        print("usage: ws-echo [--port 9001] [--host 127.0.0.1]")
        exit(2)
    }
}

var router = Router()
router.webSocket("/echo") { _, socket in Echo(socket: socket) }
router.get("/") { _, responder in responder.send(.text("WebSocket echo at /echo\n")) }

var logger = Logger(label: "ws-echo")
logger.logLevel = .notice

do throws(ServerError) {
    let server = try Server(.init(host: host, port: Int(port)), router: router, logger: logger)
    try server.handleSignals()
    try server.start()
    print("ws://\(host):\(server.port)/echo")
    fflush(nil)
    server.wait()
} catch {
    print(error)
    exit(1)
}
