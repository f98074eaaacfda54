import GANEngine

/// A picture whose darkness is a density, as a grid that the page made of it.
package struct DensityGrid: Hashable, Sendable {
    package let columns: Int
    package let rows: Int
    /// Row by row from the top; 0 is white, 255 black.
    private let darkness: [UInt8]

    /// The longest side; a page scales larger pictures down.
    package static let maximumSide = 512
    /// As many cells as the largest has.
    package static let maximumCells = maximumSide * maximumSide

    /// - Parameter darkness: columns × rows values, row by row from the top; 0 is white, 255 black.
    package init(columns: Int, rows: Int, darkness: [UInt8]) throws(ImportError) {
        guard columns > 0, rows > 0 else { throw .badGrid(reason: "it has no pixels") }
        guard columns <= Self.maximumSide, rows <= Self.maximumSide else {
            throw .badGrid(
                reason: "it is \(columns) × \(rows) pixels, and at most \(Self.maximumSide) a side are taken")
        }
        guard darkness.count == columns * rows else {
            throw .badGrid(
                reason: "\(columns) × \(rows) pixels need \(columns * rows) values, not \(darkness.count)")
        }
        guard darkness.contains(where: { $0 > 0 }) else { throw .badGrid(reason: "it is white all over") }
        self.columns = columns
        self.rows = rows
        self.darkness = darkness
    }

    /// Points that are as dense as the picture is dark, in the unit square with the picture's proportions.
    ///
    /// The same picture always gives the same points. They are spread evenly through the mass of the picture (systematic
    /// sampling), so that the density is hit as exactly as the number of points allows; within a pixel they follow the
    /// R₂ sequence (Roberts 2018), which leaves neither gaps nor rows.
    /// - Parameter count: In `Bounds.points`.
    package func target(points count: Int = 4_000) -> Target {
        let total = darkness.reduce(0) { $0 + Int($1) }
        let scale = 1 / Double(max(columns, rows))
        let margin = (x: (1 - Double(columns) * scale) / 2, y: (1 - Double(rows) * scale) / 2)
        var points: [Point] = []
        points.reserveCapacity(count)
        var passed = 0
        for (pixel, dark) in serpentine where dark > 0 {
            passed += Int(dark)
            // Point i stands at the share (i + ½) / count of all ink.
            while points.count < count, (2 * points.count + 1) * total <= 2 * count * passed {
                let place = Self.r2(points.count)
                let x = (Double(pixel.column) + place.x) * scale + margin.x
                let y = 1 - ((Double(pixel.row) + place.y) * scale + margin.y)
                points.append(Point(Float(x), Float(y)))
            }
        }
        return .points(points, transform: Transform(scale: 1, offset: Point(0, 0)))
    }

    /// All pixels, every other row backwards, so that neighbours in the order are neighbours in the picture.
    private var serpentine: some Sequence<(pixel: (column: Int, row: Int), darkness: UInt8)> {
        (0..<rows).lazy.flatMap { row in
            (0..<columns).lazy.map { index in
                let column = row.isMultiple(of: 2) ? index : columns - 1 - index
                return ((column, row), darkness[row * columns + column])
            }
        }
    }

    /// Number i of a sequence that fills the unit square evenly.
    private static func r2(_ index: Int) -> (x: Double, y: Double) {
        let plastic = 1.324_717_957_244_746
        let x = 0.5 + Double(index) / plastic
        let y = 0.5 + Double(index) / (plastic * plastic)
        return (x - x.rounded(.down), y - y.rounded(.down))
    }
}
