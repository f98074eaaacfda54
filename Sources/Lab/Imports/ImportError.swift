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
    /// Larger than what the engine computes with.
    case tooFarOut(line: Int, cell: String)
    /// A quotation mark that nothing closes.
    case openQuote(line: Int)
    /// Fewer than two columns of numbers.
    case tooFewColumns(line: Int, found: Int)
    /// A column that somebody chose, counted from 0.
    case noSuchColumn(Int, count: Int)
    case noPoints
    /// A choice that the request does not offer.
    case badOption(name: String, value: String)
    /// A grid that is empty, too large, or not filled.
    case badGrid(reason: String)
    /// Not a safetensors file.
    case notSafetensors(reason: String)
    case tensor(name: String, problem: String)
    case refused(RecipeError)

    package var description: String {
        switch self {
        case .tooLarge(let bytes, let limit): "The file has \(bytes) bytes; at most \(limit) are taken."
        case .notText: "The file is not text, or not in this encoding."
        case .notJSON(let place): "The file is not the JSON that was expected: \(place)."
        case .excessive(let excess): excess.description
        case .notANumber(let line, let cell): "line \(line): '\(Self.shortened(cell))' is not a number"
        case .notFinite(let line, let cell): "line \(line): '\(Self.shortened(cell))' is not a finite number"
        case .tooFarOut(let line, let cell): "line \(line): '\(Self.shortened(cell))' is too large a number"
        case .openQuote(let line): "line \(line): a quotation mark is opened and never closed"
        case .tooFewColumns(let line, let found):
            "line \(line): two columns of numbers are needed, x and y; found \(found)"
        case .noSuchColumn(let column, let count):
            "There is no column \(column); the file has \(count), counted from 0."
        case .noPoints: "The file holds no points."
        case .badOption(let name, let value): "\(name) cannot be '\(Self.shortened(value))'."
        case .badGrid(let reason): "The picture cannot be used: \(reason)."
        case .notSafetensors(let reason): "The file is not a safetensors file: \(reason)."
        case .tensor(let name, let problem): "tensor '\(Self.shortened(name))': \(problem)"
        case .refused(let error): "The file's experiment cannot be run: \(error.message)"
        }
    }

    /// What a page needs to say it in its own language: the name of the case, and what differs from file to file.
    package var details: CommandError.Details {
        switch self {
        case .tooLarge(let bytes, let limit):
            .init("tooLarge", ["bytes": "\(bytes)", "limit": "\(limit)"])
        case .notText: .init("notText")
        case .notJSON(let place): .init("notJSON", ["place": place])
        case .excessive(let excess): .init("excessive", ["message": excess.description])
        case .notANumber(let line, let cell): .init("notANumber", line, cell)
        case .notFinite(let line, let cell): .init("notFinite", line, cell)
        case .tooFarOut(let line, let cell): .init("tooFarOut", line, cell)
        case .openQuote(let line): .init("openQuote", ["line": "\(line)"])
        case .tooFewColumns(let line, let found):
            .init("tooFewColumns", ["line": "\(line)", "found": "\(found)"])
        case .noSuchColumn(let column, let count):
            .init("noSuchColumn", ["column": "\(column)", "count": "\(count)"])
        case .noPoints: .init("noPoints")
        case .badOption(let name, let value):
            .init("badOption", ["name": name, "value": Self.shortened(value)])
        case .badGrid(let reason): .init("badGrid", ["reason": reason])
        case .notSafetensors(let reason): .init("notSafetensors", ["reason": reason])
        case .tensor(let name, let problem):
            .init("tensor", ["name": Self.shortened(name), "problem": problem])
        case .refused(let error): .init("refused", ["message": error.message])
        }
    }

    private static func shortened(_ text: String) -> String {
        text.excerpt(40)
    }
}

extension CommandError {
    package init(_ error: ImportError) {
        self.init(.malformed, path: "file", error.description, details: error.details)
    }
}

extension CommandError.Details {
    fileprivate init(_ reason: String, _ line: Int, _ cell: String) {
        self.init(reason, ["line": "\(line)", "cell": cell.excerpt(40)])
    }
}
