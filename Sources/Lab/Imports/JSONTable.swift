/// A table as JSON, in any of the shapes that programs write:
///
///     [[1, 2], …]                                 rows
///     [{"x": 1, "y": 2}, …], or one a line        records
///     {"x": [1, …], "y": [2, …]}                  columns
///     {"x": {"0": 1, …}, "y": {"0": 2, …}}        columns with the rows' keys (pandas)
///     {"columns": ["x", "y"], "data": [[1, 2], …]}  (pandas, orient="split")
///     {"points": …} or {"data": …}                any of these lists
struct JSONTable: TableReader {
    let names: [String]?
    private let rows: [TableRow]
    private var index = 0

    /// - Parameter text: UTF-8.
    init(_ text: ArraySlice<UInt8>) throws(ImportError) {
        let values = try OrderedJSON.values(in: text)
        switch values.first?.value {
        case .object(let members) where values.count == 1: self = try Self.table(of: members, values[0].line)
        case .list(let items) where values.count == 1: self = try Self.table(of: items)
        default: self = try Self.table(of: values)
        }
    }

    private init(names: [String]?, rows: [TableRow]) {
        self.names = names
        self.rows = rows
    }

    mutating func next() -> TableRow? {
        guard index < rows.count else { return nil }
        defer { index += 1 }
        return rows[index]
    }

    private typealias Members = [(key: String, value: OrderedJSON.Item)]

    private static func table(of members: Members, _ line: Int) throws(ImportError) -> JSONTable {
        let list = { (key: String) -> [OrderedJSON.Item]? in
            guard case .list(let items) = members.first(where: { $0.key == key })?.value.value else {
                return nil
            }
            return items
        }
        if let data = list("data") {
            let table = try table(of: data)
            let columns = list("columns")?.map { cell($0.value).description }
            return JSONTable(names: table.names ?? columns, rows: table.rows)
        }
        if let points = list("points") { return try table(of: points) }
        if let columns = columns(members) { return transposed(columns, line) }
        return try table(of: [OrderedJSON.Item(line: line, value: .object(members))])
    }

    // MARK: Rows

    private static func table(of items: [OrderedJSON.Item]) throws(ImportError) -> JSONTable {
        guard let first = items.first else { return JSONTable(names: nil, rows: []) }
        if case .object = first.value { return try records(items) }
        var rows: [TableRow] = []
        rows.reserveCapacity(items.count)
        for item in items {
            guard case .list(let cells) = item.value else {
                throw .notJSON(place: "a list such as [1, 2] was expected in line \(item.line)")
            }
            let kept = cells.prefix(TableRow.maximumCells).map { cell($0.value) }
            rows.append(TableRow(line: item.line, cells: kept))
        }
        return JSONTable(names: nil, rows: rows)
    }

    private static func records(_ items: [OrderedJSON.Item]) throws(ImportError) -> JSONTable {
        var names: [String] = []
        var places: [String: Int] = [:]
        var rows: [TableRow] = []
        rows.reserveCapacity(items.count)
        for item in items {
            guard case .object(let members) = item.value else {
                throw .notJSON(
                    place: "an object such as {\"x\": 1, \"y\": 2} was expected in line \(item.line)")
            }
            var row = TableRow(line: item.line)
            for (key, value) in members {
                if places[key] == nil, names.count < TableRow.maximumCells {
                    places[key] = names.count
                    names.append(key)
                }
                guard let place = places[key] else { continue }
                while row.cells.count <= place { row.cells.append(.none) }
                row.cells[place] = cell(value.value)
            }
            rows.append(row)
        }
        return JSONTable(names: names, rows: rows)
    }

    // MARK: Columns

    /// Nil unless every column that is there is a list, or an object by the keys of rows.
    private static func columns(_ members: Members) -> [(name: String, cells: [String: OrderedJSON])]? {
        var columns: [(name: String, cells: [String: OrderedJSON])] = []
        for (name, item) in members.prefix(TableRow.maximumCells) {
            switch item.value {
            case .list(let items):
                let cells = items.enumerated().map { ("\($0)", $1.value) }
                columns.append((name, Dictionary(uniqueKeysWithValues: cells)))
            case .object(let rows):
                columns.append((name, Dictionary(rows.map { ($0.key, $0.value.value) }) { $1 }))
            default: continue
            }
        }
        return columns.count >= 2 ? columns : nil
    }

    private static func transposed(
        _ columns: [(name: String, cells: [String: OrderedJSON])], _ line: Int
    ) -> JSONTable {
        let keys = Set(columns.flatMap(\.cells.keys))
        let inOrder = keys.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        let rows = inOrder.map { key in
            TableRow(line: line, cells: columns.map { cell($0.cells[key] ?? .null) })
        }
        return JSONTable(names: columns.map(\.name), rows: rows)
    }

    private static func cell(_ value: OrderedJSON) -> TableCell {
        switch value {
        case .number(let number): .number(number)
        case .string(let text): .text(text)
        case .null, .bool, .list, .object: .none
        }
    }
}
