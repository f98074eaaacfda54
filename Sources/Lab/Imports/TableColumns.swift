/// Which columns a table has, and which of them are coordinates, as its first rows tell.
struct TableColumns {
    struct Column: Hashable, Encodable {
        /// Empty if the file has none for it.
        let name: String
        /// Whether it holds numbers.
        let isNumeric: Bool
        /// Whether it numbers the rows, and so is taken for a coordinate only if somebody says so.
        let isCounter: Bool
    }

    let columns: [Column]
    /// Whether the first row names the columns and is no data.
    let hasHeader: Bool
    let style: NumberStyle

    /// - Parameters:
    ///   - names: The columns' names, if the file says them apart from its rows.
    ///   - sample: The first rows.
    init(names: [String]?, sample: [TableRow]) {
        let style = NumberStyle(of: sample.lazy.flatMap(\.cells))
        self.style = style
        hasHeader = names == nil && Self.isHeader(sample.first, style)
        let rows = sample.dropFirst(hasHeader ? 1 : 0)
        let width = rows.map(\.cells.count).max() ?? 0
        let summaries = (0..<width).map { ColumnSummary(of: $0, in: rows, style) }
        var titles = names ?? (hasHeader ? sample[0].cells.map { $0.description.excerpt(80) } : [])
        // R leaves out the title of the rows' names.
        if hasHeader, titles.count + 1 == width, summaries[0].counts || !summaries[0].isNumeric {
            titles.insert("", at: 0)
        }
        columns = summaries.enumerated().map { index, summary in
            let name = index < titles.count ? titles[index] : ""
            let isNameless = !titles.isEmpty && (name.isEmpty || name.hasPrefix("Unnamed: "))
            return Column(
                name: name, isNumeric: summary.isNumeric, isCounter: isNameless && summary.counts)
        }
    }

    /// The columns that are taken unless somebody chooses others: those named x and y, or else the first two of numbers.
    /// - Parameter line: Of the first row of data.
    func coordinates(line: Int) throws(ImportError) -> (x: Int, y: Int) {
        let named = { (wanted: String) in columns.firstIndex { $0.name.lowercased() == wanted } }
        if let x = named("x"), let y = named("y") { return (x, y) }
        let numeric = columns.indices.filter { columns[$0].isNumeric }
        let likely = numeric.filter { !columns[$0].isCounter }
        if likely.count >= 2 { return (likely[0], likely[1]) }
        if numeric.count >= 2 { return (numeric[0], numeric[1]) }
        // What is wrong with the cells of a table of two columns says more.
        if columns.count == 2 { return (0, 1) }
        throw .tooFewColumns(line: line, found: numeric.count)
    }

    /// A row without a number; or what pandas writes above columns that nobody named: nothing, 0, 1 and so on.
    private static func isHeader(_ row: TableRow?, _ style: NumberStyle) -> Bool {
        guard let row, case let numbers = row.cells.map(style.number), let first = row.cells.first else {
            return false
        }
        if numbers.allSatisfy({ $0 == nil }) { return row.cells.contains { !$0.isMissing } }
        guard numbers.count >= 3, first.isMissing, numbers[0] == nil else { return false }
        return numbers.dropFirst().enumerated().allSatisfy { $1 == Double($0) }
    }
}

private struct ColumnSummary {
    let isNumeric: Bool
    /// Whether every number is one more than the one above.
    let counts: Bool

    init(of column: Int, in rows: ArraySlice<TableRow>, _ style: NumberStyle) {
        var (numbers, texts) = (0, 0)
        var isCounting = true
        var last: Double?
        for row in rows {
            let cell = column < row.cells.count ? row.cells[column] : .none
            if !cell.isMissing, let number = style.number(cell) {
                numbers += 1
                if let last, number != last + 1 { isCounting = false }
                last = number
            } else {
                isCounting = false
                if !cell.isMissing { texts += 1 }
            }
        }
        isNumeric = numbers > 0 && numbers >= texts
        counts = isCounting && numbers > 0
    }
}
