/// A table as text: RFC 4180 with commas, and the same with semicolons, tabs or spaces. Empty lines and lines that begin
/// with # are passed over; a first line like `sep=;`, which Excel reads and writes, names the separator.
///
/// Every byte is looked at a fixed number of times, and no cell is copied unless quotes are doubled in it: a file of 8 MB
/// takes less than a second, whether it is all lines or a single one.
struct DelimitedText: TableReader {
    enum Separator: String, Codable, CaseIterable {
        // The likelier ones first.
        case tab, semicolon, comma, space

        init?(_ byte: UInt8) {
            guard let separator = Self.allCases.first(where: { $0.byte == byte }) else { return nil }
            self = separator
        }

        var byte: UInt8 {
            switch self {
            case .tab: UInt8(ascii: "\t")
            case .semicolon: UInt8(ascii: ";")
            case .comma: UInt8(ascii: ",")
            case .space: UInt8(ascii: " ")
            }
        }
    }

    let separator: Separator
    var names: [String]? { nil }
    private let text: ArraySlice<UInt8>
    private var position: Int
    private var line = 1

    /// - Parameter text: UTF-8.
    init(_ text: ArraySlice<UInt8>) throws(ImportError) {
        var start = DelimitedText(text, .comma)
        if let named = start.takeSeparatorLine() {
            self = DelimitedText(text, named)
            position = start.position
            line = start.line
        } else {
            self = DelimitedText(text, try Self.likeliestSeparator(of: text))
        }
    }

    private init(_ text: ArraySlice<UInt8>, _ separator: Separator) {
        self.text = text
        self.separator = separator
        position = text.startIndex
    }

    mutating func next() throws(ImportError) -> TableRow? {
        skipIdleLines()
        guard position < text.endIndex else { return nil }
        var row = TableRow(line: line)
        repeat {
            let cell = try nextCell()
            if row.cells.count < TableRow.maximumCells { row.cells.append(.text(cell)) }
        } while passSeparator()
        passLineEnd()
        return row
    }

    // MARK: Separators

    private mutating func takeSeparatorLine() -> Separator? {
        let prefix = Array("sep=".utf8)
        guard text.count > prefix.count,
            text.prefix(prefix.count).map({ $0 | 0x20 }) == prefix.map({ $0 | 0x20 }),
            let named = Separator(text[text.startIndex + prefix.count])
        else { return nil }
        position = text.startIndex + prefix.count + 1
        guard position == text.endIndex || Self.isLineEnd(text[position]) else { return nil }
        passLineEnd()
        return named
    }

    /// How many rows tell what a table looks like.
    static let sampleSize = 200

    /// The separator by which most rows have two numbers, and most cells are numbers.
    private static func likeliestSeparator(of text: ArraySlice<UInt8>) throws(ImportError) -> Separator {
        var best = (separator: Separator.comma, pairs: 0, share: 0.0, columns: 0)
        for separator in Separator.allCases {
            var reader = DelimitedText(text, separator)
            var (pairs, numbers, cells, columns) = (0, 0, 0, 0)
            for _ in 0..<sampleSize {
                guard let row = try reader.next() else { break }
                let found = row.cells.count { NumberStyle.either($0) != nil }
                if found >= 2 { pairs += 1 }
                numbers += found
                cells += row.cells.count
                columns = max(columns, row.cells.count)
            }
            let share = Double(numbers) / Double(max(1, cells))
            let isBetter = (pairs, share) > (best.pairs, best.share)
            let isWider = pairs == 0 && best.pairs == 0 && columns > best.columns
            if best.pairs == 0 && pairs == 0 ? isWider : isBetter {
                best = (separator, pairs, share, columns)
            }
        }
        return best.separator
    }

    // MARK: Characters

    private mutating func skipIdleLines() {
        while position < text.endIndex {
            let start = text[position...].drop { isSpace($0) }.startIndex
            guard start < text.endIndex else {
                position = start
                return
            }
            if text[start] == UInt8(ascii: "#"), !text[start...].starts(with: Self.unavailable) {
                position = text[start...].firstIndex(where: Self.isLineEnd) ?? text.endIndex
            } else if Self.isLineEnd(text[start]) {
                position = start
            } else {
                if separator == .space { position = start }
                return
            }
            passLineEnd()
        }
    }

    /// A cell without a value, as Excel writes it, and no comment.
    private static let unavailable = Array("#N/A".utf8)

    /// The cell that begins here, up to the separator or the end of the line, which stay.
    private mutating func nextCell() throws(ImportError) -> ArraySlice<UInt8> {
        while position < text.endIndex, isPadding(text[position]) { position += 1 }
        let start = position
        if position < text.endIndex, text[position] == Self.quote {
            let cell = try quotedCell()
            while position < text.endIndex, isPadding(text[position]) { position += 1 }
            if isAtCellEnd { return cell }
            // Not a quoted cell after all, such as "a" b: it is taken as it stands.
        }
        while !isAtCellEnd { position += 1 }
        let cell = text[start..<position]
        return cell[..<(cell.lastIndex { !isPadding($0) }.map { $0 + 1 } ?? start)]
    }

    private mutating func quotedCell() throws(ImportError) -> ArraySlice<UInt8> {
        let opened = line
        position += 1
        let start = position
        var hasDoubledQuotes = false
        while position < text.endIndex {
            let byte = text[position]
            if byte == Self.quote {
                let isDoubled = position + 1 < text.endIndex && text[position + 1] == Self.quote
                guard isDoubled else { break }
                hasDoubledQuotes = true
                position += 2
            } else if Self.isLineEnd(byte) {
                passLineEnd()
            } else {
                position += 1
            }
        }
        guard position < text.endIndex else { throw .openQuote(line: opened) }
        defer { position += 1 }
        let cell = text[start..<position]
        return hasDoubledQuotes ? Self.withoutDoubledQuotes(cell) : cell
    }

    private static func withoutDoubledQuotes(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var kept: [UInt8] = []
        var isSecond = false
        for byte in cell {
            isSecond = byte == quote && !isSecond
            if byte != quote || isSecond { kept.append(byte) }
        }
        return kept[...]
    }

    private var isAtCellEnd: Bool {
        guard position < text.endIndex else { return true }
        let byte = text[position]
        return Self.isLineEnd(byte) || (separator == .space ? isSpace(byte) : byte == separator.byte)
    }

    /// Whether there was a separator here; it is passed.
    private mutating func passSeparator() -> Bool {
        guard position < text.endIndex, !Self.isLineEnd(text[position]) else { return false }
        guard separator == .space else {
            position += 1
            return true
        }
        // Any number of spaces is one separator, and none at the end of a line.
        while position < text.endIndex, isSpace(text[position]) { position += 1 }
        return position < text.endIndex && !Self.isLineEnd(text[position])
    }

    private mutating func passLineEnd() {
        guard position < text.endIndex else { return }
        let isPair = text[position...].starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
        position += isPair ? 2 : 1
        line += 1
    }

    /// Spaces around a cell, which are no part of it.
    private func isPadding(_ byte: UInt8) -> Bool { isSpace(byte) && byte != separator.byte }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") && separator != .tab
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private static let quote = UInt8(ascii: "\"")
}
