// The server under test in Benchmarks/server.sh and Tests/Interop: a folder at /, an echo at /echo, 12 KB thirty times
// a second at /stream, numbers at /metrics.
// `server-bench PORT FOLDER [CERTIFICATE KEY | self-signed] [--threads N] [--log]`
// Or its clients: `server-bench load echo|stream PORT CLIENTS SECONDS`
// Or the least that an echo can cost, if it sleeps in between or never does: `server-bench floor asleep|awake PORT`

import Glibc
import Logging
import Synchronization
import WebServer

struct Echo: WebSocketHandler {
    let socket: WebSocket
    func message(_ message: WebSocketMessage) { socket.send(message) }
}

/// Everybody who watches the stream.
final class Viewers: Sendable {
    private let sockets = Mutex<[UInt64: WebSocket]>([:])

    func add(_ socket: WebSocket) { sockets.withLock { $0[socket.id] = socket } }
    func remove(_ socket: WebSocket) { _ = sockets.withLock { $0.removeValue(forKey: socket.id) } }
    func offer(_ frame: SharedFrame) {
        for socket in sockets.withLock({ Array($0.values) }) { socket.offer(frame) }
    }
}

struct Viewer: WebSocketHandler {
    let socket: WebSocket
    let viewers: Viewers
    func opened() { viewers.add(socket) }
    func message(_ message: WebSocketMessage) {}
    func closed(_ code: CloseCode, reason: String) { viewers.remove(socket) }
}

/// The server's numbers, once there is one.
final class Metrics: Sendable {
    let server = Mutex<Server?>(nil)
    var text: String { server.withLock { $0?.metrics.prometheus ?? "" } }
}

/// Ends the process with the server, while the main thread streams.
func onEnd(of server: Server) {
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { argument in
            Unmanaged<Server>.fromOpaque(argument!).takeRetainedValue().wait()
            exit(0)
        }, Unmanaged.passRetained(server).toOpaque())
}

var arguments = CommandLine.arguments
let logsAccess = arguments.contains("--log")
arguments.removeAll { $0 == "--log" }
var threads = 2
if let option = arguments.firstIndex(of: "--threads"), option + 1 < arguments.count {
    threads = Int(arguments[option + 1]) ?? threads
    arguments.removeSubrange(option...option + 1)
}
if arguments.count == 6, arguments[1] == "load", let kind = Load.Kind(rawValue: arguments[2]),
    let port = Int(arguments[3]), let clients = Int(arguments[4]), let seconds = Double(arguments[5])
{
    raiseFileLimit()
    var load = Load(kind, port: port)
    load.run(clients: clients, seconds: seconds)
    exit(0)
}
if arguments.count == 4, arguments[1] == "floor", ["asleep", "awake"].contains(arguments[2]),
    let port = Int(arguments[3])
{
    let floor = Floor(port: port, isAwake: arguments[2] == "awake")
    floor.run()
}
guard arguments.count >= 3, let port = Int(arguments[1]) else {
    print("usage: server-bench PORT FOLDER [CERTIFICATE KEY | self-signed] [--threads N] [--log]")
    print("       server-bench load echo|stream PORT CLIENTS SECONDS")
    print("       server-bench floor asleep|awake PORT")
    exit(2)
}

let viewers = Viewers()
let log = LogWriter()
var logger = Logger(label: "server-bench") { _ in LineLogHandler(writer: log) }
logger.logLevel = logsAccess ? .info : .notice

do {
    var router = Router()
    router.webSocket("/echo") { _, socket in Echo(socket: socket) }
    router.webSocket("/stream") { _, socket in Viewer(socket: socket, viewers: viewers) }
    router.files(try StaticFiles(root: arguments[2]))
    var configuration = ServerConfiguration(port: port)
    configuration.threads = threads
    if arguments.count == 5 {
        configuration.tls = TLSConfiguration(
            .files(chain: arguments[3], key: arguments[4]), strictTransportSeconds: 3600)
    } else if arguments.count == 4 {
        let certificate = try LocalCertificate(hosts: LocalAddresses.names(forHost: "0.0.0.0"))
        print(certificate.fingerprint)
        configuration.tls = certificate.configuration
    }
    let metrics = Metrics()
    router.get("/metrics") { _, responder in responder.send(.prometheus(metrics.text)) }
    let server = try Server(configuration, router: router, logger: logger)
    metrics.server.withLock { $0 = server }
    try server.handleSignals(deadline: .seconds(20))
    try server.start()
    print("listening on port \(server.port)")
    fflush(nil)
    onEnd(of: server)
} catch {
    print(error)
    exit(1)
}

var noise: UInt64 = 1
var next = timespec()
clock_gettime(CLOCK_MONOTONIC, &next)
while true {
    let bytes = [UInt8](unsafeUninitializedCapacity: 12_288) { buffer, count in
        // A linear congruential generator: what is streamed must not compress, nor cost anything to make.
        for index in buffer.indices {
            noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            buffer[index] = UInt8(truncatingIfNeeded: noise >> 33)
        }
        count = buffer.count
    }
    viewers.offer(SharedFrame(binary: bytes))
    next.tv_nsec += 33_333_333
    if next.tv_nsec >= 1_000_000_000 {
        next.tv_nsec -= 1_000_000_000
        next.tv_sec += 1
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, nil)
}
