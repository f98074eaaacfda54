import Logging
import WebServer

/// A lab and the web server that shows it: what `ganlab serve` runs.
public final class LabServer: Sendable {
    /// How a lab is served.
    public struct Configuration: Sendable {
        /// Where to listen.
        public var server: ServerConfiguration
        /// The folder with the page, or nil to serve none.
        public var publicFolder: String?
        /// Where experiments are kept, or nil to forget them with the program.
        public var dataFolder: String?
        /// What may be kept there, and for how long.
        public var store = StoreLimits()
        /// What visitors may cost.
        public var limits = LabLimits()
        /// Threads that train; one a core if nil.
        public var trainers: Int?
        /// The authority that a device may be told to trust, in PEM, if the server has one of its own.
        public var authority: String?
        /// Who may read `/metrics`.
        public var metrics = MetricsAccess()

        /// The defaults.
        public init(server: ServerConfiguration = ServerConfiguration(), publicFolder: String? = nil) {
            self.server = server
            self.publicFolder = publicFolder
        }
    }

    /// Bytes of content that a route takes unless it says otherwise: words that somebody wrote.
    private static let bodyLimit = 64 << 10

    private let lab: Lab
    private let server: Server
    private let status: StatusRoutes

    /// Opens the store and binds the port; the errors of both say in one line what is wrong.
    public init(_ configuration: Configuration, logger: Logger) throws {
        let archive = try Archive(folder: configuration.dataFolder, limits: configuration.store)
        for notice in archive.notices { logger.warning("\(notice)") }
        lab = Lab(
            trainers: configuration.trainers, limits: configuration.limits, archive: archive, logger: logger)
        var router = Router()
        lab.install(on: &router)
        let status = StatusRoutes(lab: lab, access: configuration.metrics)
        status.install(on: &router)
        if let authority = configuration.authority {
            CertificateRoute(authority: authority).install(on: &router)
        }
        if let folder = configuration.publicFolder { try PageFiles(folder).install(on: &router) }
        var settings = configuration.server
        settings.limits.body = Self.bodyLimit
        settings.loggedTarget = LoggedTarget.masked
        server = try Server(settings, router: router, logger: logger)
        self.status = status
    }

    /// The port it listens on.
    public var port: Int { server.port }

    /// Shuts down on SIGTERM and SIGINT. Call it before ``start()``.
    public func handleSignals() throws(ServerError) {
        try server.handleSignals { [status] in status.server = nil }
    }

    /// Begins to train and to answer.
    public func start() throws(ServerError) {
        lab.start()
        try server.start()
        status.server = server
    }

    /// Blocks until the server has shut down and every trainer has stopped.
    public func wait() {
        server.wait()
        lab.stop()
    }

    /// Ends it and waits for the end.
    public func stop() {
        status.server = nil
        server.shutdown(deadline: .seconds(2))
        wait()
    }
}
