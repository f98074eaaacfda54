import Glibc
import Logging

/// An HTTP/1.1 and WebSocket server on one event loop thread.
///
///     var router = Router()
///     router.get("/hello") { _, responder in responder.send(.text("Hello!\n")) }
///     router.webSocket("/echo") { _, socket in Echo(socket: socket) }
///     router.files(try StaticFiles(root: "Public"))
///
///     let server = try Server(.init(port: 8080), router: router, logger: Logger(label: "web"))
///     try server.handleSignals()
///     try server.start()
///     print("http://127.0.0.1:\(server.port)")
///     server.wait()
public final class Server: Sendable {
    /// The port it listens on: the one asked for, or the one the system chose for 0.
    public let port: Int
    /// The port that redirects to HTTPS, if there is one.
    public let redirectPort: Int?

    private let core: ServerCore
    private let thread: LoopThread

    /// Binds the port; requests wait until `start`.
    public init(
        _ configuration: ServerConfiguration, router: Router, logger: Logger
    ) throws(ServerError) {
        signal(SIGPIPE, SIG_IGN)
        var configuration = configuration
        configuration.limits.connections = min(
            configuration.limits.connections, Self.connectionsForFileLimit())
        let core = try ServerCore(configuration, router: router, logger: logger)
        self.core = core
        port = try core.listen(port: configuration.port, speaksTLS: configuration.tls != nil)
        redirectPort = try configuration.redirectPort.map { port throws(ServerError) in
            try core.listen(port: port, speaksTLS: false)
        }
        do {
            thread = try LoopThread(core.loop)
        } catch {
            throw .system(error)
        }
    }

    /// Begins to answer, on a thread of its own.
    public func start() throws(ServerError) {
        do { try thread.start() } catch { throw .system(error) }
    }

    /// Blocks the caller until the server has shut down.
    public func wait() { thread.wait() }

    /// Stops accepting, finishes the requests under way, closes WebSockets with 1001, and ends, at the latest after
    /// `deadline`. Returns at once; see `wait`.
    public func shutdown(deadline: Duration = .seconds(10)) {
        let seconds = Double(deadline.components.seconds) + Double(deadline.components.attoseconds) / 1e18
        core.loop.post { [core] in core.stop(after: seconds) }
    }

    /// Reads the certificate and key from their files again, for new connections.
    public func reloadCertificate() { core.loop.post { [core] in core.reloadCertificate() } }

    /// Shuts down on SIGTERM and SIGINT (a second one ends the process at once) and reloads the certificate on
    /// SIGHUP. For one server in a process, since signals are the process's.
    ///
    /// `onShutdown` runs on the event loop when the first signal comes.
    public func handleSignals(
        deadline: Duration = .seconds(10), onShutdown: @escaping @Sendable () -> Void = {}
    ) throws(ServerError) {
        do {
            var isStopping = false
            let source = try SignalSource([SIGTERM, SIGINT, SIGHUP]) { [core, weak self] signal in
                if signal == SIGHUP { return core.reloadCertificate() }
                if isStopping { _exit(128 + signal) }
                isStopping = true
                core.logger.notice("shutting down")
                onShutdown()
                self?.shutdown(deadline: deadline)
            }
            try source.register(with: core.loop)
        } catch {
            throw .system(error)
        }
    }

    /// What has been counted so far.
    public var metrics: ServerMetrics { ServerMetrics(core.counters, core.loop.lag) }

    /// Runs `job` on the event loop, where handlers are called.
    public func post(_ job: @escaping @Sendable () -> Void) { core.loop.post(job) }

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
