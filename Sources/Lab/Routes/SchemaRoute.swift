import GANEngine
import WebServer

/// GET /api/schema: everything the page needs to build its controls, so that neither side lists losses twice.
struct SchemaRoute {
    let limits: LabLimits
    let hasStore: Bool

    func install(on router: inout Router) {
        // The same for every visitor, and as long as the program runs.
        let schema = try? JSON.encode(SchemaDocument(limits: limits, hasStore: hasStore))
        let content = schema.map { FixedContent($0, type: "application/json") }
        router.get("/api/schema") { request, responder in
            responder.send(content?.response(to: request) ?? .internalError)
        }
    }
}
