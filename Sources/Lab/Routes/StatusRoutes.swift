import Synchronization
import WebServer

/// What machines ask: is it alive, will it take visitors, what does it count.
final class StatusRoutes: Sendable {
    private let lab: Lab
    private let access: MetricsAccess
    private let running = Mutex<Server?>(nil)

    init(lab: Lab, access: MetricsAccess) {
        self.lab = lab
        self.access = access
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
        router.get("/metrics") { [self] request, responder in
            if let refusal = access.refusal(of: request) { return responder.send(refusal) }
            lab.count { [self] metrics in
                responder.send(.prometheus((server?.metrics.prometheus ?? "") + metrics.prometheus))
            }
        }
    }
}
