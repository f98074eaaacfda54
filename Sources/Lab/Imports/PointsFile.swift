import GANEngine

/// Points that somebody brought as CSV, TSV or JSON, to be imitated by the generator.
package struct PointsFile {
    /// Bytes of the largest file that is read.
    package static let maximumBytes = 8 << 20

    /// What somebody chose; the file decides the rest.
    package struct Options: Sendable {
        package var encoding: TextEncoding?
        /// Columns, counted from 0.
        package var x: Int?
        package var y: Int?
        package var scaling: Transform.Scaling?

        package init(
            encoding: TextEncoding? = nil, x: Int? = nil, y: Int? = nil, scaling: Transform.Scaling? = nil
        ) {
            self.encoding = encoding
            self.x = x
            self.y = y
            self.scaling = scaling
        }
    }

    /// What was made of the file, to be told to whoever brought it.
    package struct Report: Encodable, Sendable {
        let encoding: TextEncoding
        /// Nil for JSON.
        let separator: DelimitedText.Separator?
        let columns: [TableColumns.Column]
        package let x: Int
        package let y: Int
        package let scaling: Transform.Scaling
        /// Rows that hold a point.
        package let points: Int
        /// Of those, how many were kept: at most ``Bounds/points``, as a sample.
        package let kept: Int
        /// Rows without one of the two numbers.
        package let leftOut: Int

        /// The names of the columns that were taken.
        package var names: [String] { [columns[x].name, columns[y].name] }
    }

    /// In the file's units and order.
    package let points: [(x: Double, y: Double)]
    package let report: Report

    /// The points, mapped into the unit square, with what maps them back.
    package var target: Target {
        let (mapped, transform) = Transform.normalizing(points, report.scaling)
        return .points(mapped, transform: transform)
    }

    /// Reads a file: JSON if it begins like JSON, else a table as text.
    package init(_ bytes: [UInt8], _ options: Options = Options()) throws(ImportError) {
        guard bytes.count <= Self.maximumBytes else {
            throw .tooLarge(bytes: bytes.count, limit: Self.maximumBytes)
        }
        let encoding = options.encoding ?? TextEncoding(of: bytes)
        guard let text = encoding.utf8(bytes), !text.contains(where: Self.isControl) else { throw .notText }
        let first = text.first { $0 != UInt8(ascii: " ") && !(0x09...0x0D).contains($0) }
        if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
            try self.init(JSONTable(text[...]), options, encoding, separator: nil)
        } else {
            let table = try DelimitedText(text[...])
            try self.init(table, options, encoding, separator: table.separator)
        }
    }

    private init(
        _ table: some TableReader, _ options: Options, _ encoding: TextEncoding,
        separator: DelimitedText.Separator?
    ) throws(ImportError) {
        var start = table
        var sample: [TableRow] = []
        while sample.count < DelimitedText.sampleSize, let row = try start.next() { sample.append(row) }
        let columns = TableColumns(names: table.names, sample: sample)
        guard let first = sample.dropFirst(columns.hasHeader ? 1 : 0).first else { throw .noPoints }
        let (x, y) = try Self.chosen(options, of: columns, line: first.line)

        var reservoir = Reservoir<(x: Double, y: Double)>(capacity: Bounds.points.upperBound)
        var leftOut = 0
        var rows = table
        if columns.hasHeader { _ = try rows.next() }
        while let row = try rows.next() {
            if let px = try Self.coordinate(x, of: row, columns.style),
                let py = try Self.coordinate(y, of: row, columns.style)
            {
                reservoir.add((px, py))
            } else {
                leftOut += 1
            }
        }
        points = reservoir.elements
        guard !points.isEmpty else { throw .noPoints }
        report = Report(
            encoding: encoding, separator: separator, columns: columns.columns, x: x, y: y,
            scaling: options.scaling ?? Transform.Scaling(for: points), points: reservoir.count,
            kept: points.count, leftOut: leftOut)
    }

    private static func chosen(
        _ options: Options, of columns: TableColumns, line: Int
    ) throws(ImportError) -> (x: Int, y: Int) {
        for column in [options.x, options.y] {
            guard let column, !columns.columns.indices.contains(column) else { continue }
            throw .noSuchColumn(column, count: columns.columns.count)
        }
        if let x = options.x, let y = options.y { return (x, y) }
        let (x, y) = try columns.coordinates(line: line)
        return (options.x ?? x, options.y ?? y)
    }

    /// Nil if the row has no value there.
    private static func coordinate(
        _ column: Int, of row: TableRow, _ style: NumberStyle
    ) throws(ImportError) -> Double? {
        guard column < row.cells.count, case let cell = row.cells[column], !cell.isMissing else { return nil }
        guard let number = style.number(cell) else {
            throw .notANumber(line: row.line, cell: cell.description)
        }
        guard number.isFinite else { throw .notFinite(line: row.line, cell: cell.description) }
        guard abs(number) <= largest else { throw .tooFarOut(line: row.line, cell: cell.description) }
        return number
    }

    /// Coordinates beyond this would be lost in the engine's 32 bits.
    private static let largest = 1e30

    /// Characters that no text file has.
    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && !(0x09...0x0D).contains(byte) && byte != 0x1A
    }
}
