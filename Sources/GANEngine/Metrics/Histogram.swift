/// A square cut into cells, on which distributions are compared.
public struct Grid: Hashable, Sendable {
    /// Of the square.
    public let centre: Point
    /// Half of the square's side.
    public let half: Float
    /// Cells along a side.
    public let side: Int

    /// GAN Lab's 30 × 30, unless told otherwise.
    public init(centre: Point, half: Float, side: Int = 30) {
        precondition(half > 0 && side > 0, "A grid has an area and cells.")
        self.centre = centre
        self.half = half
        self.side = side
    }

    /// Cells in all.
    public var cells: Int { side * side }

    /// Side of one cell.
    public var cell: Float { 2 * half / Float(side) }

    /// Column and row of a point, both as real numbers: cell (i, j) is [i, i+1) × [j, j+1), (0, 0) at the lower left.
    @inline(__always)
    func position(of point: Point) -> (column: Float, row: Float) {
        let scale = Float(side) / (2 * half)
        return ((point.x - centre.x + half) * scale, (point.y - centre.y + half) * scale)
    }

    /// Index of the cell that holds a point, row by row from the bottom; nil outside, and for NaN.
    @inline(__always)
    public func index(of point: Point) -> Int? {
        let (column, row) = position(of: point)
        let limit = Float(side)
        guard column >= 0, column < limit, row >= 0, row < limit else { return nil }
        return Int(clamping: row) * side + Int(clamping: column)
    }
}

/// Probabilities of the cells of a grid, and of everything outside it.
///
/// GAN Lab drops or wraps the samples outside its square, so that a generator that has run away looks no worse than
/// one that is merely wrong. Here the outside is one more cell, and the mass is always one.
public struct Histogram: Hashable, Sendable {
    /// Of the cells, row by row from the bottom; last, of the outside. Sums to 1.
    public let probabilities: [Float]

    /// Shares of `points` in the cells. An empty set counts as all outside.
    public init(_ points: [Point], on grid: Grid) {
        var counts = [Int32](repeating: 0, count: grid.cells + 1)
        for point in points { counts[grid.index(of: point) ?? grid.cells] += 1 }
        if points.isEmpty { counts[grid.cells] = 1 }
        let total = Float(max(points.count, 1))
        probabilities = counts.map { Float($0) / total }
    }

    /// Share of the mass outside the grid.
    public var outside: Float { probabilities[probabilities.count - 1] }
}
