import GANEngine
import WebServer

/// What can be fetched from a session: `/api/sessions/:id/…`. Who knows the name of a session may see it.
struct SessionRoutes {
    let floor: SessionFloor

    func install(on router: inout Router) {
        export("recipe", on: &router) { portrait in
            guard let bytes = try? JSON.encode(portrait.recipe) else { return .internalError }
            return .json(bytes)
        }
        export("checkpoint", on: &router) { portrait in
            .download(
                portrait.checkpoint.bytes, type: "application/octet-stream",
                name: "step-\(portrait.step).gnlc")
        }
    }

    private func export(
        _ name: String, on router: inout Router, _ write: @escaping @Sendable (Portrait) -> Response
    ) {
        router.get("/api/sessions/:session/\(name)") { [floor] request, responder in
            guard let id = request.parameters["session"].flatMap(SessionID.init), let session = floor.find(id)
            else {
                responder.send(.refusal(CommandError(.notFound, "There is no such session."), .notFound))
                return
            }
            session.post(.portray { responder.send(write($0)) })
        }
    }
}

extension Response {
    static var internalError: Response {
        .text("The server could not do that.\n", status: .internalServerError)
    }

    /// An error in the form in which commands are refused.
    static func refusal(_ error: CommandError, _ status: Status) -> Response {
        guard let bytes = try? JSON.encode(["error": error]) else { return .internalError }
        return .json(bytes, status: status)
    }

    /// A file to be kept.
    static func download(_ bytes: [UInt8], type: String, name: String) -> Response {
        Response(
            .ok,
            headers: [
                "Content-Type": type, "Content-Disposition": "attachment; filename=\"\(name)\"",
                "Cache-Control": "no-store",
            ], body: .bytes(bytes))
    }
}
