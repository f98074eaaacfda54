import GANEngine
import Logging
import WebServer

/// The lab: its sessions, the trainers they share, and the routes by which people reach them.
public final class Lab: Sendable {
    let trainers: TrainerPool
    let jobs: JobQueue
    let floor: SessionFloor
    private let housekeeping: Housekeeping

    /// A lab without sessions, not training yet.
    ///
    /// - Parameter trainers: Threads that train; one a core if nil.
    init(trainers: Int? = nil, limits: LabLimits = LabLimits(), archive: Archive, logger: Logger) {
        self.trainers = trainers.map { TrainerPool(trainers: $0) } ?? TrainerPool()
        jobs = JobQueue(limits.jobs)
        floor = SessionFloor(trainers: self.trainers, jobs: jobs, limits: limits, archive: archive)
        housekeeping = Housekeeping(archive: archive, every: limits.sweepInterval, logger: logger)
    }

    /// Adds the lab's routes to a router.
    public func install(on router: inout Router) {
        var options = WebSocketOptions()
        options.subprotocols = ["ganlab.1"]
        options.maximumMessage = Command.maximumBytes
        let closing = ClosingEvent(reason: "The server is being stopped.")
        options.farewell = (try? JSON.text(closing)).map { WebSocketMessage.text($0) }
        router.webSocket("/ws", options: options) { [floor] request, socket in
            Viewer(socket: socket, client: request.client, floor: floor)
        }
        SchemaRoute(limits: floor.limits, hasStore: floor.archive.isLasting).install(on: &router)
        let films = FilmStudio(jobs: jobs)
        SessionRoutes(floor: floor, films: films).install(on: &router)
        LinkRoutes(archive: floor.archive, jobs: jobs).install(on: &router)
        ImportRoutes(floor: floor).install(on: &router)
        GalleryRoutes(floor: floor, films: films).install(on: &router)
        StoreRoute(archive: floor.archive).install(on: &router)
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
        floor.end()
        floor.archive.queue.close()
    }

    /// What the lab adds to the server's numbers; `completion` is called on the store's thread.
    func count(_ completion: @escaping @Sendable (LabMetrics) -> Void) {
        floor.archive.queue.read { store throws(StoreError) in
            try store.usage()
        } _: { [floor] usage in
            var metrics = floor.metrics
            metrics.store = try? usage.get()
            completion(metrics)
        }
    }
}
