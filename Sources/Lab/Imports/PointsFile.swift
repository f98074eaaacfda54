import GANEngine

/// Points that somebody brought, as CSV, TSV or JSON, to be imitated by the generator.
package enum PointsFile {
    /// Bytes of the largest file that is read.
    package static let maximumBytes = 8 << 20

    /// A target of these points, mapped into the view, with what maps them back.
    package static func target(_ bytes: [UInt8]) throws(ImportError) -> Target {
        let (points, transform) = Transform.normalizing(try points(bytes))
        return .points(points, transform: transform)
    }

    /// The points as they stand in the file: JSON if it begins like JSON, else a table.
    package static func points(_ bytes: [UInt8]) throws(ImportError) -> [(x: Double, y: Double)] {
        guard bytes.count <= maximumBytes else { throw .tooLarge(bytes: bytes.count, limit: maximumBytes) }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText }
        let first = text.first { !$0.isWhitespace && $0 != byteOrderMark }
        let points = first == "[" || first == "{" ? try json(bytes) : try table(text)
        guard !points.isEmpty else { throw .noPoints }
        guard points.count <= Bounds.points.upperBound else {
            throw .tooManyPoints(found: points.count, limit: Bounds.points.upperBound)
        }
        return points
    }

    private static let byteOrderMark: Character = "\u{FEFF}"

    // MARK: Tables

    /// Commas, semicolons, tabs or spaces; a header, quotes, empty lines and lines that begin with # are tolerated.
    /// Columns named x and y are taken, or else the first two.
    private static func table(_ text: String) throws(ImportError) -> [(x: Double, y: Double)] {
        var points: [(x: Double, y: Double)] = []
        var separator: Separator?
        var columns = (x: 0, y: 1)
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let line = line.drop { $0 == byteOrderMark }
            guard let first = line.first(where: { !$0.isWhitespace }), first != "#" else { continue }
            if separator == nil {
                let found = Separator(of: line)
                separator = found
                let names = found.cells(line)
                if names.allSatisfy({ found.number($0) == nil }) {
                    columns = Self.columns(names)
                    continue
                }
            }
            let cells = separator?.cells(line) ?? []
            guard cells.count > max(columns.x, columns.y) else {
                throw .tooFewColumns(line: index + 1, found: cells.count)
            }
            let number = { (column: Int) throws(ImportError) -> Double in
                try Self.number(cells[column], separator, line: index + 1)
            }
            points.append((try number(columns.x), try number(columns.y)))
        }
        return points
    }

    private static func columns(_ names: [String]) -> (x: Int, y: Int) {
        let names = names.map { $0.lowercased() }
        guard let x = names.firstIndex(of: "x"), let y = names.firstIndex(of: "y") else { return (0, 1) }
        return (x, y)
    }

    private static func number(
        _ cell: String, _ separator: Separator?, line: Int
    ) throws(ImportError) -> Double {
        guard let number = separator?.number(cell) else { throw .notANumber(line: line, cell: cell) }
        guard number.isFinite, abs(number) <= largest else { throw .notFinite(line: line, cell: cell) }
        return number
    }

    /// Coordinates beyond this would be lost in the engine's 32 bits.
    private static let largest = 1e30

    private enum Separator {
        case comma, semicolon, tab, space

        /// The likeliest separator of a line.
        init(of line: Substring) {
            self =
                line.contains("\t")
                ? .tab : line.contains(";") ? .semicolon : line.contains(",") ? .comma : .space
        }

        func cells(_ line: Substring) -> [String] {
            let parts =
                switch self {
                case .comma: line.split(separator: ",", omittingEmptySubsequences: false)
                case .semicolon: line.split(separator: ";", omittingEmptySubsequences: false)
                case .tab: line.split(separator: "\t", omittingEmptySubsequences: false)
                case .space: line.split(whereSeparator: \.isWhitespace)
                }
            return parts.map { String($0.trimmingWhitespace().trimmingQuotes()) }
        }

        /// Where semicolons separate, a comma is a decimal point.
        func number(_ cell: String) -> Double? {
            Double(self == .semicolon ? String(cell.map { $0 == "," ? "." : $0 }) : cell)
        }
    }

    // MARK: JSON

    /// `[[x, y], …]`, `[{"x": x, "y": y}, …]` or either as the "points" of an object.
    private static func json(_ bytes: [UInt8]) throws(ImportError) -> [(x: Double, y: Double)] {
        do {
            let list = try JSON.decode(PointList.self, from: bytes)
            if let index = list.points.firstIndex(where: { max(abs($0.x), abs($0.y)) > largest }) {
                throw ImportError.notJSON(place: "point \(index) is too far out")
            }
            return list.points.map { ($0.x, $0.y) }
        } catch let error as ImportError {
            throw error
        } catch let error as DecodingError {
            throw .notJSON(place: error.place)
        } catch {
            throw .notJSON(place: "it cannot be read")
        }
    }
}

private struct PointList: Decodable {
    var points: [JSONPoint]

    private enum Key: CodingKey { case points }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self) {
            points = try container.decode([JSONPoint].self, forKey: .points)
        } else {
            points = try [JSONPoint](from: decoder)
        }
    }
}

private struct JSONPoint: Decodable {
    let x: Double
    let y: Double

    private enum Key: CodingKey { case x, y }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self) {
            x = try container.decode(Double.self, forKey: .x)
            y = try container.decode(Double.self, forKey: .y)
        } else {
            var list = try decoder.unkeyedContainer()
            x = try list.decode(Double.self)
            y = try list.decode(Double.self)
        }
    }
}

extension Substring {
    fileprivate func trimmingWhitespace() -> Substring {
        let start = drop { $0.isWhitespace }
        return start.prefix(start.reversed().drop { $0.isWhitespace }.count)
    }

    fileprivate func trimmingQuotes() -> Substring {
        count >= 2 && first == "\"" && last == "\"" ? dropFirst().dropLast() : self
    }
}
