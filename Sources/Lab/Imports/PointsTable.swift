import GANEngine

/// A table of numbers as text: commas, semicolons, tabs or spaces; a header, quotes, empty lines and lines that begin with
/// # are tolerated. Columns named x and y are taken, or else the first two.
///
/// Bytes are looked at once or twice, whatever they are, and no cell is copied that is not needed: a file of 8 MB takes
/// milliseconds, whether it is all lines or a single one.
struct PointsTable {
    private let text: ArraySlice<UInt8>

    /// - Parameter text: UTF-8.
    init(_ text: ArraySlice<UInt8>) {
        self.text = text
    }

    /// All points, in the order of their lines.
    func points() throws(ImportError) -> [(x: Double, y: Double)] {
        var points: [(x: Double, y: Double)] = []
        var format: (separator: Separator, x: Int, y: Int)?
        var lines = Lines(rest: text)
        while let line = lines.next() {
            guard let first = line.first(where: { !Self.isSpace($0) }), first != UInt8(ascii: "#") else {
                continue
            }
            if format == nil {
                let separator = Separator(of: line)
                let isHeader = !Cells(line, separator).contains { separator.number($0) != nil }
                let (x, y) = isHeader ? Self.columns(Cells(line, separator)) : (0, 1)
                format = (separator, x, y)
                if isHeader { continue }
            }
            guard let format else { continue }
            guard points.count < Bounds.points.upperBound else { throw .tooManyPoints }
            points.append(try Self.point(line, format.separator, format.x, format.y, number: lines.count))
        }
        return points
    }

    private static func point(
        _ line: ArraySlice<UInt8>, _ separator: Separator, _ x: Int, _ y: Int, number: Int
    ) throws(ImportError) -> (x: Double, y: Double) {
        var found: (x: ArraySlice<UInt8>?, y: ArraySlice<UInt8>?) = (nil, nil)
        var count = 0
        for cell in Cells(line, separator) {
            if count == x { found.x = cell }
            if count == y { found.y = cell }
            count += 1
            if count > max(x, y) { break }
        }
        guard let first = found.x, let second = found.y else {
            throw .tooFewColumns(line: number, found: count)
        }
        return (
            try coordinate(first, separator, line: number), try coordinate(second, separator, line: number)
        )
    }

    private static func coordinate(
        _ cell: ArraySlice<UInt8>, _ separator: Separator, line: Int
    ) throws(ImportError) -> Double {
        let text = { String(decoding: cell, as: UTF8.self) }
        guard let number = separator.number(cell) else { throw .notANumber(line: line, cell: text()) }
        guard number.isFinite, abs(number) <= PointsFile.largest else {
            throw .notFinite(line: line, cell: text())
        }
        return number
    }

    private static func columns(_ names: Cells) -> (x: Int, y: Int) {
        var found: (x: Int?, y: Int?) = (nil, nil)
        for (index, name) in names.enumerated() where name.count == 1 {
            switch name.first {
            case UInt8(ascii: "x"), UInt8(ascii: "X"): found.x = found.x ?? index
            case UInt8(ascii: "y"), UInt8(ascii: "Y"): found.y = found.y ?? index
            default: break
            }
        }
        guard let x = found.x, let y = found.y else { return (0, 1) }
        return (x, y)
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    static func isNewline(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}

/// The lines of a text, which end with \n, \r\n or \r.
private struct Lines: IteratorProtocol {
    var rest: ArraySlice<UInt8>
    /// How many there were so far.
    private(set) var count = 0

    init(rest: ArraySlice<UInt8>) {
        self.rest = rest
    }

    mutating func next() -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        count += 1
        guard let end = rest.firstIndex(where: PointsTable.isNewline) else {
            defer { rest = [] }
            return rest
        }
        defer {
            let isPair = rest[end...].starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
            rest = rest[(end + (isPair ? 2 : 1))...]
        }
        return rest[..<end]
    }
}

/// The cells of a line, without the spaces and quotes around them.
private struct Cells: Sequence, IteratorProtocol {
    private let separator: Separator
    /// What is still to be cut up; nil at the end.
    private var rest: ArraySlice<UInt8>?

    init(_ line: ArraySlice<UInt8>, _ separator: Separator) {
        self.separator = separator
        rest = separator == .space ? Self.trimmed(line) : line
    }

    mutating func next() -> ArraySlice<UInt8>? {
        guard let line = rest else { return nil }
        guard let end = line.firstIndex(where: separator.separates) else {
            rest = nil
            return Self.bare(line)
        }
        let behind = line[(end + 1)...]
        rest = separator == .space ? behind.drop(while: PointsTable.isSpace) : behind
        return Self.bare(line[..<end])
    }

    private static func bare(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let cell = trimmed(cell)
        let quote = UInt8(ascii: "\"")
        return cell.count >= 2 && cell.first == quote && cell.last == quote
            ? cell.dropFirst().dropLast() : cell
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = text.drop(while: PointsTable.isSpace)
        let end = start.lastIndex { !PointsTable.isSpace($0) }
        return end.map { start[...$0] } ?? start
    }
}

private enum Separator {
    case comma, semicolon, tab, space

    /// The likeliest separator of a line.
    init(of line: ArraySlice<UInt8>) {
        self =
            line.contains(UInt8(ascii: "\t"))
            ? .tab
            : line.contains(UInt8(ascii: ";"))
                ? .semicolon : line.contains(UInt8(ascii: ",")) ? .comma : .space
    }

    func separates(_ byte: UInt8) -> Bool {
        switch self {
        case .comma: byte == UInt8(ascii: ",")
        case .semicolon: byte == UInt8(ascii: ";")
        case .tab: byte == UInt8(ascii: "\t")
        case .space: PointsTable.isSpace(byte)
        }
    }

    /// Characters of the longest number; no floating-point number needs more.
    private static let longestNumber = 1_100

    /// Where semicolons separate, a comma is a decimal point.
    func number(_ cell: ArraySlice<UInt8>) -> Double? {
        guard cell.count <= Self.longestNumber else { return nil }
        guard self == .semicolon else { return Double(String(decoding: cell, as: UTF8.self)) }
        let comma = UInt8(ascii: ",")
        return Double(String(decoding: cell.map { $0 == comma ? UInt8(ascii: ".") : $0 }, as: UTF8.self))
    }
}
