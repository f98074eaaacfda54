import GANEngine
import WebServer

/// What can be fetched from a session: `/api/sessions/:session/…`. Who knows the name of a session may see it.
struct SessionRoutes {
    /// The files a session can be taken home as, by the names of their routes. `samples.csv` takes `?count=…`, and both
    /// tables `?format=excel`.
    static let exports = [
        "recipe", "checkpoint", "safetensors", "samples.csv", "metrics.csv", "picture.png", "picture.svg",
        "numpy.py", "model.zip", "film.gif",
    ]

    private static let samples = 2_000
    private static let sampleCounts = 1...100_000
    private static let pictureSides = LayeredPicture.sides
    private static let pictureSide = 800

    let registry: SessionRegistry
    let films: FilmStudio

    func install(on router: inout Router) {
        for name in Self.exports {
            router.get("/api/sessions/:session/\(name)") { [registry, films] request, responder in
                let id = request.parameters["session"].flatMap(SessionID.init)
                registry.takeSnapshot(id, for: responder, of: request.client) { snapshot in
                    if name == "film.gif" {
                        Self.film(snapshot, films, for: request.client, responder)
                    } else {
                        responder.send(Self.export(name, snapshot, request))
                    }
                }
            }
        }
    }

    private static func film(
        _ snapshot: SessionSnapshot, _ films: FilmStudio, for client: ClientAddress, _ responder: Responder
    ) {
        films.make(for: client) { () throws(RecipeError) in
            try RunFilm(
                of: snapshot.recipe, upTo: snapshot.step,
                knowing: snapshot.shelf.checkpoints(upTo: snapshot.step) + [snapshot.checkpoint])
        } _: { film in
            responder.send(film: film) {
                .download($0, type: "image/gif", name: "ganlab-step-\(snapshot.step).gif")
            }
        }
    }

    private static func export(_ name: String, _ snapshot: SessionSnapshot, _ request: Request) -> Response {
        let file = "ganlab-step-\(snapshot.step)"
        switch name {
        case "recipe":
            return .download(
                RecipeFile.encode(snapshot.recipe), type: "application/json", name: "\(file).json")
        case "checkpoint":
            return .download(
                snapshot.checkpoint.bytes, type: "application/octet-stream", name: "\(file).gnlc")
        case "safetensors":
            let checkpoint = CheckpointFile(recipe: snapshot.recipe, checkpoint: snapshot.checkpoint)
            guard let bytes = try? checkpoint.bytes else { return .internalError }
            return .download(bytes, type: "application/octet-stream", name: "\(file).safetensors")
        case "samples.csv":
            return table(request, name: "\(file)-samples.csv") { dialect throws(CommandError) in
                let count = request.query("count").map(Int.init) ?? samples
                guard let count, sampleCounts.contains(count) else {
                    let bounds = "between \(sampleCounts.lowerBound) and \(sampleCounts.upperBound)"
                    throw CommandError(.outOfRange, path: "count", "count must be \(bounds).")
                }
                return CSV.samples(
                    snapshot.snapshot.fakes(count), of: snapshot.recipe.settings.target, as: dialect)
            }
        case "metrics.csv":
            return table(request, name: "\(file)-metrics.csv") { dialect in
                CSV.metrics(snapshot.chart, as: dialect)
            }
        case "numpy.py":
            let script = GeneratorScript.text(opening: "\(file).safetensors")
            return .download(Array(script.utf8), type: "text/x-python; charset=utf-8", name: "ganlab.py")
        case "model.zip":
            let checkpoint = CheckpointFile(recipe: snapshot.recipe, checkpoint: snapshot.checkpoint)
            guard let model = try? checkpoint.bytes else { return .internalError }
            let script = GeneratorScript.text(opening: "\(file).safetensors")
            let archive = Zip.archive([
                Zip.File(name: "\(file).safetensors", bytes: model),
                Zip.File(name: "ganlab.py", bytes: Array(script.utf8)),
            ])
            return .download(archive, type: "application/zip", name: "\(file).zip")
        default:
            return picture(snapshot, isVector: name.hasSuffix("svg"), name: file, request)
        }
    }

    /// A table in the dialect that is asked for: `?format=excel`, or else RFC 4180.
    private static func table(
        _ request: Request, name: String, _ text: (CSV.Dialect) throws(CommandError) -> String
    ) -> Response {
        guard let dialect = request.query("format").map(CSV.Dialect.init) ?? .standard else {
            return .refusal(
                CommandError(.outOfRange, path: "format", "format must be standard or excel."), .badRequest)
        }
        do throws(CommandError) {
            return .download(Array(try text(dialect).utf8), type: "text/csv; charset=utf-8", name: name)
        } catch {
            return .refusal(error, .badRequest)
        }
    }

    private static func picture(
        _ snapshot: SessionSnapshot, isVector: Bool, name: String, _ request: Request
    ) -> Response {
        let side = request.query("side").map(Int.init) ?? pictureSide
        guard let side, pictureSides.contains(side) else {
            let bounds = "between \(pictureSides.lowerBound) and \(pictureSides.upperBound)"
            return .refusal(CommandError(.outOfRange, path: "side", "side must be \(bounds)."), .badRequest)
        }
        let picture = snapshot.picture
        return isVector
            ? .download(
                Array(picture.svg(side: side, title: "GAN Lab, step \(snapshot.step)").utf8),
                type: "image/svg+xml", name: "\(name).svg")
            : .download(picture.png(side: side), type: "image/png", name: "\(name).png")
    }
}
