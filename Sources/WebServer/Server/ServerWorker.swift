import Glibc
import Logging

/// One event loop of a server, and what the connections on it share. Lives on that loop.
// Sound: made before the loop runs, and afterwards touched on its thread alone; counters are atomic and the registry
// is locked.
final class ServerWorker: ConnectionOwner, @unchecked Sendable {
    let configuration: ServerConfiguration
    let router: Router
    let logger: Logger
    let loop: EventLoop
    let counters: Counters
    var serialiser: ResponseSerialiser
    private(set) var tls: TLSContext?
    /// Where HTTPS is spoken, or HTTP if it is not.
    var port = 0

    /// Which of the server's loops this is.
    private let index: Int
    let registry: ConnectionRegistry
    private let logsAccess: Bool
    private var acceptors: [Acceptor] = []
    private var nextWarning: UInt64 = 0
    private var socketID: UInt64 = 0
    private var deflaters: [Int: Deflater] = [:]

    init(
        _ index: Int, on loop: EventLoop, _ configuration: ServerConfiguration, tls: TLSContext?,
        router: Router, logger: Logger, counters: Counters, registry: ConnectionRegistry
    ) {
        self.index = index
        self.loop = loop
        self.configuration = configuration
        self.tls = tls
        self.router = router
        self.logger = logger
        self.counters = counters
        self.registry = registry
        logsAccess = configuration.logsAccess && logger.logLevel <= .info
        serialiser = ResponseSerialiser(
            defaults: configuration.headers,
            strictTransportSeconds: configuration.tls?.strictTransportSeconds)
    }

    // MARK: Listening

    /// Listens on this loop; returns the port.
    func listen(port: Int, speaksTLS: Bool, distributingTo workers: [ServerWorker]) throws(ServerError) -> Int
    {
        let acceptor = try Acceptor(
            host: configuration.host, port: port, speaksTLS: speaksTLS, workers: workers, registry: registry)
        acceptors.append(acceptor)
        return acceptor.port
    }

    /// Has the system refuse new clients; whether it did not do so already.
    func stopListening() -> Bool {
        defer { acceptors = [] }
        for acceptor in acceptors { acceptor.close() }
        return !acceptors.isEmpty
    }

    // MARK: Connections

    /// Takes over a socket that the registry has sent here.
    func adopt(_ raw: Int32, from address: String, speaksTLS: Bool) {
        guard let descriptor = try? Descriptor(raw, from: "accept4"),
            let transport = transport(raw, speaksTLS: speaksTLS)
        else { return registry.remove(address, loop: index) }
        let connection = Connection(
            descriptor, transport: transport, remoteAddress: address, on: loop, traffic: counters.traffic,
            writeTimeout: configuration.timeouts.write, owner: self)
        let http = HTTPConnection(connection, of: self)
        guard (try? connection.open(with: http)) != nil else { return registry.remove(address, loop: index) }
        counters.accepted.add(1)
        counters.connections.add(1)
        http.begin()
    }

    private func transport(_ raw: Int32, speaksTLS: Bool) -> (any Transport)? {
        guard speaksTLS, let tls else { return PlainTransport(descriptor: raw) }
        return TLSSession(tls, descriptor: raw)
    }

    func connectionClosed(_ connection: Connection) {
        counters.connections.add(-1)
        registry.remove(connection.remoteAddress, loop: index)
    }

    /// Different on every loop: each counts in its own residue class.
    func nextSocketID() -> UInt64 {
        socketID += 1
        return socketID * UInt64(configuration.threads) + UInt64(index)
    }

    /// Where a request that came without TLS should have gone.
    func secureRedirect(to target: RequestTarget, host: String) -> Response {
        var host = host
        if let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")), host.utf8.last != UInt8(ascii: "]") {
            host = String(host[..<colon])
        }
        guard !host.isEmpty else { return .text("this server speaks HTTPS\n", status: .badRequest) }
        // OPTIONS * asks for no path.
        let location = target.reference(to: target.path.utf8.first == UInt8(ascii: "/") ? target.path : "/")
        return .redirect(to: "https://\(host)\(port == 443 ? "" : ":\(port)")\(location)")
    }

    /// Says why somebody was turned away, at most once a second: whoever is turned away may come back at once.
    func warn(_ text: String, from address: String) {
        guard loop.now >= nextWarning else { return }
        nextWarning = loop.now + 1_000_000_000
        logger.warning("\(text)", metadata: ["remote": .string(address)])
    }

    func log(_ record: AccessRecord) {
        counters.responses[record.status / 100].add(1)
        counters.requestNanoseconds.add(Int(record.nanoseconds))
        guard logsAccess else { return }
        var record = record
        record.target = configuration.loggedTarget(record.target)
        logger.info("request", metadata: record.metadata)
    }

    /// A compressor without memory of earlier messages, shared by all connections that want one so.
    func deflater(windowBits: Int, level: Int) -> Deflater {
        let key = windowBits << 4 | level
        if let known = deflaters[key] {
            known.reset()
            return known
        }
        let made = Deflater(windowBits: windowBits, level: level)
        deflaters[key] = made
        return made
    }

    // MARK: Life

    /// Uses another certificate for connections to come.
    func use(_ tls: TLSContext) { self.tls = tls }

    /// Lets connections finish, and closes those that are left after so many seconds.
    func stop(after seconds: Double) {
        loop.forEachSource { ($0 as? Connection)?.stop() }
        loop.schedule(after: seconds) { [self] in
            loop.forEachSource { ($0 as? Connection)?.close() }
            loop.stop()
        }
    }
}
