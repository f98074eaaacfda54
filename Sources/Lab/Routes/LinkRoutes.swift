import GANEngine
import WebServer

/// Links without a session: `GET /api/link?text=…` reads one, `POST /api/recipes` makes one.
struct LinkRoutes {
    let archive: Archive
    let jobs: JobQueue

    /// What a link stands for, as JSON.
    private struct Document: Codable {
        var recipe: Recipe
        var step: Int?
    }

    func install(on router: inout Router) {
        // A short link may stand for a long recipe.
        router.get("/api/link") { [self] request, responder in
            jobs.answer(responder, for: request.client) { read(request, responder) }
        }
        router.post("/api/recipes", limit: RecipeFile.maximumBytes) { [self] request, responder in
            jobs.read(request, responder) { write(request, responder) }
        }
    }

    private func read(_ request: Request, _ responder: Responder) {
        do throws(LinkError) {
            switch try LinkAddress(text: request.query("text") ?? "") {
            case .whole(let link): responder.send(Self.response(link))
            case .short(let id, let step): readShort(id, step, for: request.client, responder)
            }
        } catch {
            responder.send(.refusal(CommandError(error), .badRequest))
        }
    }

    private func readShort(
        _ id: String, _ step: Int?, for client: ClientAddress, _ responder: Responder
    ) {
        archive.queue.read { store throws(StoreError) in
            try store.link(id)
        } _: { result in
            switch result {
            case .failure(let error):
                responder.send(.refusal(error))
            case .success(nil):
                let error = CommandError(.notFound, path: "link", "This link is not kept in this lab.")
                responder.send(.refusal(error, .notFound))
            case .success(let bytes?):
                jobs.answer(responder, for: client, bytes: bytes.count) {
                    guard var link = try? Link(bytes: bytes) else { return responder.send(.internalError) }
                    link.step = step ?? link.step
                    responder.send(Self.response(link))
                }
            }
        }
    }

    private func write(_ request: Request, _ responder: Responder) {
        let link: Link
        do {
            let document = try JSON.decode(Document.self, from: request.body)
            let step = document.step ?? 0
            guard (0...Command.furthestStep).contains(step) else {
                throw CommandError(
                    .outOfRange, path: "step",
                    "step must be between 0 and \(Command.furthestStep), not \(step).")
            }
            link = Link(recipe: document.recipe, step: step)
        } catch {
            responder.send(.refusal(CommandError(decoding: error), .badRequest))
            return
        }
        let address = LinkAddress(link)
        guard let body = try? JSON.encode(["link": address.text]) else {
            return responder.send(.internalError)
        }
        guard let id = address.shortID else { return responder.send(.json(body, status: .created)) }
        archive.queue.submit([.link(id: id, bytes: LinkAddress.kept(of: link))]) { error in
            responder.send(
                error.map { .refusal($0) } ?? .json(body, status: .created)
            )
        }
    }

    private static func response(_ link: Link) -> Response {
        guard let body = try? JSON.encode(Document(recipe: link.recipe, step: link.step)) else {
            return .internalError
        }
        return .json(body)
    }
}
