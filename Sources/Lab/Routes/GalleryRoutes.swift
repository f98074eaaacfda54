import FoundationEssentials
import GANEngine
import WebServer

/// The gallery of saved experiments, `/api/gallery`. Whoever saved one holds its token, sent as `X-Owner`, and alone
/// may change or delete it.
struct GalleryRoutes {
    private static let thumbnailSide = 160
    private static let thumbnailFrames = 24

    let registry: SessionRegistry
    let films: FilmStudio
    private let saves = SaveLimits()

    init(registry: SessionRegistry, films: FilmStudio) {
        self.registry = registry
        self.films = films
    }

    func install(on router: inout Router) {
        router.group("/api/gallery") { gallery in
            gallery.get("") { [self] in list($0, $1) }
            gallery.post("") { [self] request, responder in
                registry.jobs.read(request, responder) { save(request, responder) }
            }
            gallery.get("/:id/thumbnail") { [self] in thumbnail($0, $1) }
            gallery.get("/:id/film.gif") { [self] in film($0, $1) }
            gallery.on(.patch, "/:id") { [self] in change($0, $1) }
            gallery.delete("/:id") { [self] request, responder in
                own(request, responder) { submit([.trashExperiment($0.id, at: .now)], responder) }
            }
            gallery.post("/:id/restore") { [self] request, responder in
                own(request, responder) { submit([.restoreExperiment($0.id)], responder) }
            }
        }
    }

    // MARK: Looking

    private func list(_ request: Request, _ responder: Responder) {
        var query = ExperimentQuery()
        query.search = request.query("search") ?? ""
        query.tag = request.query("tag")
        query.order = request.query("order").flatMap(ExperimentQuery.Order.init) ?? .newest
        query.offset = request.query("offset").flatMap(Int.init) ?? 0
        let (owner, client) = (request.owner?.hash, request.client)
        registry.archive.queue.read { [query] store throws(StoreError) in
            try store.experiments(query)
        } _: { [registry] result in
            switch result {
            case .success(let page):
                registry.jobs.answer(responder, for: client) {
                    responder.send(.json(GalleryPage(page, seenBy: owner)))
                }
            case .failure(let error): responder.send(.refusal(error))
            }
        }
    }

    private func thumbnail(_ request: Request, _ responder: Responder) {
        findShown(request, responder) { record in
            responder.send(
                record.thumbnail.isEmpty ? .notFound : .thumbnail(record.thumbnail, type: "image/png"))
        }
    }

    /// A thumbnail that moves: the experiment's run, from its start.
    private func film(_ request: Request, _ responder: Responder) {
        findShown(request, responder) { record in
            films.make("experiment \(record.id)", for: request.client) { () throws(RecipeError) in
                try RunFilm(
                    of: record.recipe, upTo: record.step,
                    knowing: registry.known.past(of: record.recipe, upTo: record.step).checkpoints,
                    frames: Self.thumbnailFrames, side: Self.thumbnailSide)
            } _: { film in
                responder.send(film: film) { .thumbnail($0, type: "image/gif") }
            }
        }
    }

    // MARK: Changing

    private func save(_ request: Request, _ responder: Responder) {
        guard let owner = request.owner else { return responder.send(Self.noToken) }
        let words: GalleryWords
        do {
            words = try JSON.decode(GalleryWords.self, from: request.body)
        } catch {
            return responder.send(.refusal(CommandError(decoding: error), .badRequest))
        }
        if let refusal = saves.admit(owner.hash, from: request.client) {
            return responder.send(.refusal(refusal, .tooManyRequests))
        }
        let client = request.client
        registry.takeSnapshot(words.session.flatMap(SessionID.init), for: responder, of: client) { snapshot in
            do throws(ExperimentRecord.Refusal) {
                let record = try ExperimentRecord(
                    title: words.title ?? "", note: words.note ?? "", nickname: words.nickname ?? "",
                    tags: words.tags ?? [], thumbnail: snapshot.picture.png(side: Self.thumbnailSide),
                    recipe: snapshot.recipe, step: snapshot.step, owner: owner.hash,
                    origin: registry.origin(of: client))
                submit([.experiment(record)] + keepLink(of: record), responder, id: record.id)
            } catch {
                responder.send(Self.refusal(error))
            }
        }
    }

    private func change(_ request: Request, _ responder: Responder) {
        own(request, responder) { record in
            registry.jobs.read(request, responder) { change(record, request, responder) }
        }
    }

    private func change(_ record: ExperimentRecord, _ request: Request, _ responder: Responder) {
        do {
            let record = try JSON.decode(GalleryWords.self, from: request.body).applied(to: record)
            submit([.experiment(record)], responder)
        } catch let error as ExperimentRecord.Refusal {
            responder.send(Self.refusal(error))
        } catch {
            responder.send(.refusal(CommandError(decoding: error), .badRequest))
        }
    }

    /// A link too long for an address has to be in the store before somebody follows it.
    private func keepLink(of record: ExperimentRecord) -> [StoreChange] {
        guard let id = record.link.shortID else { return [] }
        return [.link(id: id, bytes: LinkAddress.kept(of: Link(recipe: record.recipe, step: record.step)))]
    }

    private func submit(_ changes: [StoreChange], _ responder: Responder, id: String? = nil) {
        registry.archive.queue.submit(changes) { error in
            if let error { return responder.send(.refusal(error)) }
            responder.send(.json(["id": id].compactMapValues(\.self), status: id == nil ? .ok : .created))
        }
    }

    // MARK: Whose

    private func find(
        _ request: Request, _ responder: Responder, _ use: @escaping @Sendable (ExperimentRecord) -> Void
    ) {
        let id = request.parameters["id"] ?? ""
        registry.archive.queue.read { store throws(StoreError) in
            try store.experiment(id)
        } _: { result in
            switch result {
            case .success(let record?): use(record)
            case .success(nil): responder.send(.refusal(StoreError.unknown(id: id)))
            case .failure(let error): responder.send(.refusal(error))
            }
        }
    }

    /// Finds what the gallery shows: nothing that was deleted, also while it can be restored.
    private func findShown(
        _ request: Request, _ responder: Responder, _ use: @escaping @Sendable (ExperimentRecord) -> Void
    ) {
        find(request, responder) { record in
            guard record.deleted == nil else {
                return responder.send(.refusal(StoreError.unknown(id: record.id)))
            }
            use(record)
        }
    }

    private func own(
        _ request: Request, _ responder: Responder, _ use: @escaping @Sendable (ExperimentRecord) -> Void
    ) {
        guard let token = request.owner else { return responder.send(Self.noToken) }
        find(request, responder) { record in
            guard record.owner == token.hash else {
                let error = CommandError(.forbidden, "Only who saved an experiment may change it.")
                return responder.send(.refusal(error, .forbidden))
            }
            use(record)
        }
    }

    private static var noToken: Response {
        let message = "X-Owner must hold 32 random bytes as base64url."
        return .refusal(CommandError(.forbidden, path: "X-Owner", message), .forbidden)
    }

    private static func refusal(_ error: ExperimentRecord.Refusal) -> Response {
        .refusal(CommandError(.outOfRange, path: error.property, error.message), .badRequest)
    }
}
