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

    let floor: SessionFloor
    let films: FilmStudio

    func install(on router: inout Router) {
        for name in Self.exports {
            router.get("/api/sessions/:session/\(name)") { [floor, films] request, responder in
                let id = request.parameters["session"].flatMap(SessionID.init)
                floor.portray(id, for: responder) { portrait in
                    if name == "film.gif" {
                        Self.film(portrait, films, responder)
                    } else {
                        responder.send(Self.export(name, portrait, request))
                    }
                }
            }
        }
    }

    private static func film(_ portrait: Portrait, _ films: FilmStudio, _ responder: Responder) {
        films.make(nil) { () throws(RecipeError) in
            try RunFilm(
                of: portrait.recipe, upTo: portrait.step,
                knowing: portrait.shelf.checkpoints(upTo: portrait.step) + [portrait.checkpoint])
        } _: { film in
            responder.send(film: film) {
                .download($0, type: "image/gif", name: "ganlab-step-\(portrait.step).gif")
            }
        }
    }

    private static func export(_ name: String, _ portrait: Portrait, _ request: Request) -> Response {
        let file = "ganlab-step-\(portrait.step)"
        switch name {
        case "recipe":
            return .download(
                RecipeFile.encode(portrait.recipe), type: "application/json", name: "\(file).json")
        case "checkpoint":
            return .download(
                portrait.checkpoint.bytes, type: "application/octet-stream", name: "\(file).gnlc")
        case "safetensors":
            let checkpoint = CheckpointFile(recipe: portrait.recipe, checkpoint: portrait.checkpoint)
            guard let bytes = try? checkpoint.bytes else { return .internalError }
            return .download(bytes, type: "application/octet-stream", name: "\(file).safetensors")
        case "samples.csv":
            let points = portrait.snapshot.fakes(samples)
            let table = CSV.samples(points, of: portrait.recipe.settings.target)
            return .download(Array(table.utf8), type: "text/csv; charset=utf-8", name: "\(file)-samples.csv")
        case "metrics.csv":
            let table = CSV.metrics(portrait.chart)
            return .download(Array(table.utf8), type: "text/csv; charset=utf-8", name: "\(file)-metrics.csv")
        case "numpy.py":
            let script = GeneratorScript.text(opening: "\(file).safetensors")
            return .download(Array(script.utf8), type: "text/x-python; charset=utf-8", name: "ganlab.py")
        default:
            return picture(portrait, isVector: name.hasSuffix("svg"), name: file, request)
        }
    }

    private static func picture(
        _ portrait: Portrait, isVector: Bool, name: String, _ request: Request
    ) -> Response {
        let side = request.query("side").map(Int.init) ?? pictureSide
        guard let side, pictureSides.contains(side) else {
            let bounds = "between \(pictureSides.lowerBound) and \(pictureSides.upperBound)"
            return .refusal(CommandError(.outOfRange, path: "side", "side must be \(bounds)."), .badRequest)
        }
        let picture = portrait.picture
        return isVector
            ? .download(
                Array(picture.svg(side: side, title: "GAN Lab, step \(portrait.step)").utf8),
                type: "image/svg+xml", name: "\(name).svg")
            : .download(picture.png(side: side), type: "image/png", name: "\(name).png")
    }
}
