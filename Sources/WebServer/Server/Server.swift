import Glibc
import Logging

/// An HTTP/1.1 and WebSocket server on one event loop thread, or a few.
///
///     var router = Router()
///     router.get("/hello") { _, responder in responder.send(.text("Hello!\n")) }
///     router.webSocket("/echo") { _, socket in Echo(socket: socket) }
///     router.files(try StaticFiles(root: "Public"))
///
///     let server = try Server(.init(port: 8080), router: router)
///     try server.handleSignals()
///     try server.start()
///     print("http://127.0.0.1:\(server.port)")
///     server.wait()
public final class Server: Sendable {
    /// The port it listens on: the one asked for, or the one the system chose for 0.
    public let port: Int
    /// The port that redirects to HTTPS, if there is one.
    public let redirectPort: Int?

    /// One for each loop. The first also listens and receives signals.
    private let workers: [ServerWorker]
    private let threads: [LoopThread]
    private let registry: ConnectionRegistry
    private let counters = Counters()

    /// Binds the port; requests wait until `start`.
    public init(
        _ configuration: ServerConfiguration, router: Router,
        logger: Logger = Logger(label: "WebServer")
    ) throws(ServerError) {
        signal(SIGPIPE, SIG_IGN)
        var configuration = configuration
        configuration.threads = max(1, configuration.threads)
        configuration.limits.connections = min(
            configuration.limits.connections, Self.connectionsForFileLimit())
        let tls: TLSContext?
        do {
            tls = try configuration.tls.map { tls throws(CertificateError) in try TLSContext(tls) }
        } catch {
            throw .certificate(error)
        }
        let loops: [EventLoop]
        do {
            loops = try (0..<configuration.threads).map { _ throws(SystemError) in try EventLoop() }
            threads = try loops.map { loop throws(SystemError) in try LoopThread(loop) }
        } catch {
            throw .system(error)
        }
        registry = ConnectionRegistry(configuration, loops: loops)
        var workers: [ServerWorker] = []
        for (index, loop) in loops.enumerated() {
            workers.append(
                ServerWorker(
                    index, on: loop, configuration, tls: tls, router: router, logger: logger,
                    counters: counters, registry: registry))
        }
        self.workers = workers
        port = try workers[0].listen(port: configuration.port, speaksTLS: tls != nil, distributingTo: workers)
        redirectPort = try configuration.redirectPort.map { port throws(ServerError) in
            try workers[0].listen(port: port, speaksTLS: false, distributingTo: workers)
        }
        for worker in workers { worker.port = port }
    }

    /// Begins to answer, on threads of its own.
    public func start() throws(ServerError) {
        do {
            for thread in threads { try thread.start() }
        } catch {
            throw .system(error)
        }
    }

    /// Blocks the caller until the server has shut down.
    public func wait() {
        for thread in threads { thread.wait() }
    }

    /// Stops accepting, finishes the requests under way, closes WebSockets with 1001, and ends, at the latest after
    /// `deadline`. Returns at once; see `wait`.
    public func shutdown(deadline: Duration = .seconds(10)) {
        let seconds = Double(deadline.components.seconds) + Double(deadline.components.attoseconds) / 1e18
        workers[0].loop.post { [workers, registry] in
            guard workers[0].stopListening() else { return }
            registry.stop()
            // After the connections that were distributed a moment ago.
            for worker in workers { worker.loop.post { worker.stop(after: seconds) } }
        }
    }

    /// Reads the certificate and key from their files again, for new connections; keeps the old ones if the new ones
    /// are no good.
    public func reloadCertificate() {
        guard let certificate = workers[0].configuration.tls else { return }
        let logger = workers[0].logger
        do {
            let tls = try TLSContext(certificate)
            for worker in workers { worker.loop.post { worker.use(tls) } }
            logger.notice("certificate reloaded")
        } catch {
            logger.error("certificate not reloaded: \(error)")
        }
    }

    /// Shuts down on SIGTERM and SIGINT (a second one ends the process at once) and reloads the certificate on
    /// SIGHUP. For one server in a process, since signals are the process's.
    ///
    /// `onShutdown` runs on an event loop when the first signal comes.
    public func handleSignals(
        deadline: Duration = .seconds(10), onShutdown: @escaping @Sendable () -> Void = {}
    ) throws(ServerError) {
        do {
            let logger = workers[0].logger
            let source = try SignalSource([SIGTERM, SIGINT, SIGHUP]) { [weak self] signal in
                if signal == SIGHUP {
                    self?.reloadCertificate()
                    return
                }
                logger.notice("shutting down")
                onShutdown()
                self?.shutdown(deadline: deadline)
            }
            try source.register(with: workers[0].loop)
        } catch {
            throw .system(error)
        }
    }

    /// What has been counted so far.
    public var metrics: ServerMetrics { ServerMetrics(counters, workers.map(\.loop.lag)) }

    /// Raises the limit on open files as far as the system lets it go; what files and the rest of the program may
    /// need is left over.
    private static func connectionsForFileLimit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let files = Int(clamping: limit.rlim_cur)
        return max(files - 64, files / 2)
    }
}
