import GANEngine
import Logging
import WebServer

/// The lab: its sessions, the trainers they share, and the routes by which people reach them.
public final class Lab: Sendable {
    let trainers: WorkerPool
    let jobs: JobQueue
    let registry: SessionRegistry
    private let housekeeping: Housekeeping

    /// A lab without sessions, not training yet.
    ///
    /// - Parameter trainers: Threads that train; one a core if nil.
    init(trainers: Int? = nil, limits: LabLimits = LabLimits(), archive: Archive, logger: Logger) {
        self.trainers = trainers.map { WorkerPool(trainers: $0) } ?? WorkerPool()
        jobs = JobQueue(limits.jobs)
        registry = SessionRegistry(trainers: self.trainers, jobs: jobs, limits: limits, archive: archive)
        housekeeping = Housekeeping(archive: archive, every: limits.sweepInterval, logger: logger)
    }

    /// Adds the lab's routes to a router.
    public func install(on router: inout Router) {
        var options = WebSocketOptions()
        options.subprotocols = ["ganlab.1"]
        options.maximumMessage = Command.maximumBytes
        let closing = ClosingEvent(reason: "The server is being stopped.")
        options.farewell = (try? JSON.text(closing)).map { WebSocketMessage.text($0) }
        router.webSocket("/ws", options: options) { [registry] request, socket in
            Viewer(socket: socket, client: request.client, registry: registry)
        }
        SchemaRoute(limits: registry.limits, hasStore: registry.archive.isLasting).install(on: &router)
        let films = FilmStudio(jobs: jobs)
        SessionRoutes(registry: registry, films: films).install(on: &router)
        LinkRoutes(archive: registry.archive, jobs: jobs).install(on: &router)
        ImportRoutes(registry: registry).install(on: &router)
        GalleryRoutes(registry: registry, films: films).install(on: &router)
        StoreRoute(archive: registry.archive).install(on: &router)
    }

    /// Starts the trainers and the threads for other work.
    public func start() {
        trainers.start()
        jobs.start()
        trainers.wake(housekeeping)
    }

    /// Ends the training and other work, waits for the threads, writes every session down, and closes the store.
    public func stop() {
        jobs.stop()
        trainers.stop()
        registry.end()
        registry.archive.queue.close()
    }

    /// What the lab adds to the server's numbers; `completion` is called on the store's thread.
    func count(_ completion: @escaping @Sendable (LabMetrics) -> Void) {
        registry.archive.queue.read { store throws(StoreError) in
            try store.usage()
        } _: { [registry] usage in
            var metrics = registry.metrics
            metrics.store = try? usage.get()
            completion(metrics)
        }
    }
}
