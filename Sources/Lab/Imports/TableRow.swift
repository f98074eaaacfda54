/// One row of a table that somebody brought.
struct TableRow {
    /// Where it begins in the file, from 1.
    let line: Int
    /// At most ``maximumCells``; what comes behind is not kept.
    var cells: [TableCell] = []

    static let maximumCells = 256
}

/// A cell as its file has it.
enum TableCell {
    /// UTF-8, without the quotes and spaces around it.
    case text(ArraySlice<UInt8>)
    case number(Double)
    /// Neither text nor number, such as a list in JSON, or null.
    case none

    /// How its file shows it.
    var description: String {
        switch self {
        case .text(let bytes): String(decoding: bytes.prefix(400), as: UTF8.self)
        case .number(let number): "\(number)"
        case .none: ""
        }
    }

    /// Whether it stands for a value that is not known.
    var isMissing: Bool {
        switch self {
        case .text(let bytes):
            bytes.count <= 4 && Self.missing.contains(String(decoding: bytes, as: UTF8.self).lowercased())
        case .number(let number): number.isNaN
        case .none: true
        }
    }

    /// What spreadsheets, R and pandas write for a value that is not known.
    private static let missing: Set<String> = [
        "", "na", "n/a", "#n/a", "nan", "-nan", "null", "none", "-", "?",
    ]
}

/// Reads a table row by row, to its end.
protocol TableReader {
    /// The columns' names, if the file says them apart from its rows.
    var names: [String]? { get }
    mutating func next() throws(ImportError) -> TableRow?
}
