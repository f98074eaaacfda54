import GANEngine
import WebServer

/// What can be fetched from a session: `/api/sessions/:session/…`. Who knows the name of a session may see it.
struct SessionRoutes {
    /// The files a session can be taken home as, by the names of their routes.
    static let exports = [
        "recipe", "checkpoint", "safetensors", "samples.csv", "metrics.csv", "picture.png", "picture.svg",
        "numpy.py", "film.gif",
    ]

    private static let samples = 2_000
    private static let pictureSides = LayeredPicture.sides
    private static let pictureSide = 800

    let registry: SessionRegistry
    let films: FilmStudio

    func install(on router: inout Router) {
        for name in Self.exports {
            router.get("/api/sessions/:session/\(name)") { [registry, films] request, responder in
                let id = request.parameters["session"].flatMap(SessionID.init)
                registry.takeSnapshot(id, for: responder) { snapshot in
                    if name == "film.gif" {
                        Self.film(snapshot, films, responder)
                    } else {
                        responder.send(Self.export(name, snapshot, request))
                    }
                }
            }
        }
    }

    private static func film(_ snapshot: SessionSnapshot, _ films: FilmStudio, _ responder: Responder) {
        films.make(nil) { () throws(RecipeError) in
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
            let points = snapshot.snapshot.fakes(samples)
            let table = CSV.samples(points, of: snapshot.recipe.settings.target)
            return .download(Array(table.utf8), type: "text/csv; charset=utf-8", name: "\(file)-samples.csv")
        case "metrics.csv":
            let table = CSV.metrics(snapshot.chart)
            return .download(Array(table.utf8), type: "text/csv; charset=utf-8", name: "\(file)-metrics.csv")
        case "numpy.py":
            let script = GeneratorScript.text(opening: "\(file).safetensors")
            return .download(Array(script.utf8), type: "text/x-python; charset=utf-8", name: "ganlab.py")
        default:
            return picture(snapshot, isVector: name.hasSuffix("svg"), name: file, request)
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
