import Glibc
import Logging

/// What all connections of a server share. Lives on the loop.
// Sound: made before the loop runs, and afterwards touched on its thread alone; counters are atomic.
final class ServerCore: @unchecked Sendable {
    let configuration: ServerConfiguration
    let router: Router
    let logger: Logger
    let loop: EventLoop
    let counters = Counters()
    var serialiser: ResponseSerialiser
    private(set) var tls: TLSContext?

    private let logsAccess: Bool
    private var acceptors: [Acceptor] = []
    private var connectionCount = 0
    private var perAddress: [String: Int] = [:]
    private var socketID: UInt64 = 0
    private var deflaters: [Int: Deflater] = [:]
    private var isStopping = false

    init(_ configuration: ServerConfiguration, router: Router, logger: Logger) throws(ServerError) {
        self.configuration = configuration
        self.router = router
        self.logger = logger
        logsAccess = configuration.logsAccess && logger.logLevel <= .info
        tls = try configuration.tls.map { tls throws(ServerError) in try TLSContext(tls) }
        var headers = configuration.headers
        if let seconds = configuration.tls?.strictTransportSeconds {
            headers.setDefault("Strict-Transport-Security", "max-age=\(seconds)")
        }
        serialiser = ResponseSerialiser(defaults: headers)
        do {
            loop = try EventLoop()
        } catch {
            throw .system(error)
        }
    }

    /// Listens; returns the port.
    func listen(port: Int, speaksTLS: Bool) throws(ServerError) -> Int {
        let acceptor = try Acceptor(host: configuration.host, port: port, speaksTLS: speaksTLS, core: self)
        acceptors.append(acceptor)
        return acceptor.port
    }

    // MARK: Connections

    /// Why one more connection from `address` is not taken, if so.
    func refusal(of address: String) -> Status? {
        if connectionCount >= configuration.limits.connections { return .serviceUnavailable }
        let isLoopback = address.hasPrefix("127.") || address == "::1"
        if !isLoopback, perAddress[address, default: 0] >= configuration.limits.connectionsPerAddress {
            return .tooManyRequests
        }
        return nil
    }

    func connectionOpened(_ connection: Connection) {
        connectionCount += 1
        perAddress[connection.remoteAddress, default: 0] += 1
        counters.accepted.add(1)
        counters.connections.add(1)
    }

    func connectionClosed(_ connection: Connection) {
        connectionCount -= 1
        counters.connections.add(-1)
        let left = perAddress[connection.remoteAddress, default: 1] - 1
        perAddress[connection.remoteAddress] = left == 0 ? nil : left
        if isStopping, connectionCount == 0 { loop.stop() }
    }

    func nextSocketID() -> UInt64 {
        socketID += 1
        return socketID
    }

    /// Where a request that came without TLS should have gone.
    func secureRedirect(for request: Request) -> Response {
        let port = acceptors.first?.port ?? configuration.port
        var host = request.host
        if let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")), host.utf8.last != UInt8(ascii: "]") {
            host = String(host[..<colon])
        }
        guard !host.isEmpty else { return .text("this server speaks HTTPS\n", status: .badRequest) }
        let target = request.target.utf8.first == UInt8(ascii: "/") ? request.target : request.path
        return .redirect(to: "https://\(host)\(port == 443 ? "" : ":\(port)")\(target)")
    }

    func log(_ record: AccessRecord) {
        counters.responses[record.status / 100].add(1)
        counters.requestNanoseconds.add(Int(record.nanoseconds))
        if logsAccess { logger.info("request", metadata: record.metadata) }
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

    /// Takes the certificate from its files again; keeps the old one if the new one is no good.
    func reloadCertificate() {
        guard let configuration = configuration.tls else { return }
        do {
            tls = try TLSContext(configuration)
            logger.notice("certificate reloaded")
        } catch {
            logger.error("certificate not reloaded: \(error)")
        }
    }

    /// Stops accepting, lets connections finish, and stops the loop when the last is gone or time is up.
    func stop(after seconds: Double) {
        guard !isStopping else { return }
        isStopping = true
        for acceptor in acceptors { acceptor.close() }
        guard connectionCount > 0 else { return loop.stop() }
        loop.forEachSource { ($0 as? Connection)?.stop() }
        loop.schedule(after: seconds) { [self] in
            loop.forEachSource { ($0 as? Connection)?.close() }
            loop.stop()
        }
    }
}
