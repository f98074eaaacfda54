import Synchronization
import WebServer

/// What machines ask: is it alive, will it take visitors, what does it count.
final class StatusRoutes: Sendable {
    private let lab: Lab
    private let running = Mutex<Server?>(nil)

    init(lab: Lab) {
        self.lab = lab
    }

    /// The server while it takes visitors.
    var server: Server? {
        get { running.withLock { $0 } }
        set { running.withLock { $0 = newValue } }
    }

    func install(on router: inout Router) {
        router.get("/healthz") { _, responder in responder.send(.text("ok\n")) }
        router.get("/readyz") { [self] _, responder in
            responder.send(server == nil ? .text("not now\n", status: .serviceUnavailable) : .text("ready\n"))
        }
        router.get("/metrics") { [self] _, responder in
            lab.count { [self] metrics in
                responder.send(.prometheus((server?.metrics.prometheus ?? "") + metrics.prometheus))
            }
        }
    }
}
