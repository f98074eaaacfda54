import GANEngine
import WebServer

/// GET /api/schema: everything the page needs to build its controls, so that neither side lists losses twice.
struct SchemaRoute {
    let limits: LabLimits
    let hasStore: Bool

    func install(on router: inout Router) {
        // The same for every visitor, and as long as the program runs.
        let body = try? JSON.encode(SchemaDocument(limits: limits, hasStore: hasStore))
        router.get("/api/schema") { _, responder in
            responder.send(body.map { .json($0) } ?? .internalError)
        }
    }
}
