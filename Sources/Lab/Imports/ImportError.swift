import GANEngine

/// Why a file that somebody brought was not taken. `description` is one line for a person.
package enum ImportError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLarge(bytes: Int, limit: Int)
    case notText
    /// Not JSON, or JSON of another form; `place` says where.
    case notJSON(place: String)
    /// JSON that is too large to be tried.
    case excessive(JSONLimits.Excess)
    case notANumber(line: Int, cell: String)
    case notFinite(line: Int, cell: String)
    case tooFewColumns(line: Int, found: Int)
    case noPoints
    /// More than ``Bounds/points``.
    case tooManyPoints
    /// A grid that is empty, too large, or not filled.
    case badGrid(reason: String)
    /// Not a safetensors file.
    case notSafetensors(reason: String)
    case tensor(name: String, problem: String)
    case refused(RecipeError)

    package var description: String {
        switch self {
        case .tooLarge(let bytes, let limit): "The file has \(bytes) bytes; at most \(limit) are taken."
        case .notText: "The file is not text in UTF-8."
        case .notJSON(let place): "The file is not the JSON that was expected: \(place)."
        case .excessive(let excess): excess.description
        case .notANumber(let line, let cell): "line \(line): '\(Self.shortened(cell))' is not a number"
        case .notFinite(let line, let cell): "line \(line): '\(Self.shortened(cell))' is not a finite number"
        case .tooFewColumns(let line, let found):
            "line \(line): two numbers are needed, x and y; found \(found)"
        case .noPoints: "The file holds no points."
        case .tooManyPoints: "The file holds more than \(Bounds.points.upperBound) points; no more are taken."
        case .badGrid(let reason): "The picture cannot be used: \(reason)."
        case .notSafetensors(let reason): "The file is not a safetensors file: \(reason)."
        case .tensor(let name, let problem): "tensor '\(Self.shortened(name))': \(problem)"
        case .refused(let error): "The file's experiment cannot be run: \(error.message)"
        }
    }

    private static func shortened(_ text: String) -> String {
        text.excerpt(40)
    }
}
