/// How a table writes its numbers: 1,234.5 or 1.234,5.
enum NumberStyle {
    case decimalPoint
    case decimalComma

    /// The style that most of the cells show; one comma and no point anywhere is a decimal comma.
    init(of cells: some Sequence<TableCell>) {
        var votes = (point: 0, comma: 0)
        var sees = (point: false, comma: false)
        for case .text(let cell) in cells where cell.count <= Self.longestNumber {
            let marks = cell.indices.filter { Self.isMark(cell[$0]) }
            guard let last = marks.last, Self.either(cell) != nil else { continue }
            for mark in marks {
                if cell[mark] == Self.comma { sees.comma = true } else { sees.point = true }
            }
            let isGroup = cell[(last + 1)...].count == 3
            let same = marks.count { cell[$0] == cell[last] }
            if same > 1 {
                // Only thousands are separated more than once.
                if cell[last] == Self.comma { votes.point += 1 } else { votes.comma += 1 }
            } else if marks.count > 1 || !isGroup {
                if cell[last] == Self.comma { votes.comma += 1 } else { votes.point += 1 }
            }
        }
        let undecided = votes.comma == votes.point
        self =
            votes.comma > votes.point || undecided && sees.comma && !sees.point
            ? .decimalComma : .decimalPoint
    }

    /// The number in a cell; nil if there is none.
    func number(_ cell: TableCell) -> Double? {
        switch cell {
        case .number(let number): number
        case .text(let text): number(text)
        case .none: nil
        }
    }

    private func number(_ text: ArraySlice<UInt8>) -> Double? {
        guard let first = text.first, text.count <= Self.longestNumber else { return nil }
        // A typographer's minus, U+2212.
        if first == 0xE2, text.starts(with: [0xE2, 0x88, 0x92]) {
            return number([UInt8(ascii: "-")] + text.dropFirst(3))
        }
        let (mark, separator) = self == .decimalComma ? (Self.comma, Self.point) : (Self.point, Self.comma)
        guard text.contains(Self.comma) || self == .decimalComma && text.contains(Self.point) else {
            return Double(String(decoding: text, as: UTF8.self))
        }
        let end = text.firstIndex(of: mark) ?? text.endIndex
        let whole = text[..<end]
        guard !whole.contains(separator) || Self.isGrouped(whole, by: separator) else {
            // A decimal point among decimal commas can only be one.
            let isPlain = !text.contains(Self.comma)
            return isPlain ? Double(String(decoding: text, as: UTF8.self)) : nil
        }
        let digits = whole.filter { $0 != separator } + (end < text.endIndex ? [Self.point] : [])
        return Double(String(decoding: digits + text[end...].dropFirst(), as: UTF8.self))
    }

    /// The number that a cell holds in one style or the other.
    static func either(_ cell: TableCell) -> Double? {
        Self.decimalPoint.number(cell) ?? Self.decimalComma.number(cell)
    }

    private static func either(_ text: ArraySlice<UInt8>) -> Double? { either(.text(text)) }

    /// One to three digits, then groups of three.
    private static func isGrouped(_ text: ArraySlice<UInt8>, by separator: UInt8) -> Bool {
        let unsigned =
            text.first.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") } == true
            ? text.dropFirst() : text
        let groups = unsigned.split(separator: separator, omittingEmptySubsequences: false)
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        return (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
            && groups.allSatisfy { $0.allSatisfy(isDigit) }
    }

    private static func isMark(_ byte: UInt8) -> Bool { byte == comma || byte == point }
    private static let comma = UInt8(ascii: ",")
    private static let point = UInt8(ascii: ".")

    /// Characters of the longest number; no floating-point number needs more.
    private static let longestNumber = 1_100
}
