import CKernels

/// The generator's image of a grid of latent noise: the sheet that it folds and stretches over the plane.
public struct Manifold: Hashable, Sendable {
    /// Cells along the first latent coordinate.
    public let columns: Int
    /// Cells along the second; 0 where noise has only one, and the sheet is a curve.
    public let rows: Int
    /// Where the grid's nodes go: (columns + 1) × (rows + 1), row by row from the lowest noise.
    public let nodes: [Point]
    /// One for each cell, row by row; empty for a curve.
    public let cells: [Cell]

    /// A quadrilateral of the sheet.
    public struct Cell: Hashable, Sendable {
        /// Its area; negative where the generator turns the sheet over, as the sign of its Jacobian tells.
        public let signedArea: Float
        /// Share of the latent noise that falls into it; all cells together are 1.
        public let mass: Float

        /// Fakes per unit of area in it: large where the generator squeezes its noise together.
        public var density: Float { mass / abs(signedArea) }
    }
}

extension Snapshot {
    /// The image of a grid of `columns` cells a side over the interval that holds nearly all noise. Latent coordinates
    /// beyond the second stay in the middle.
    /// 20 × 20 cells take 10 µs in a generator of 2 × 8 (one core of a Zen 5).
    public func manifold(_ columns: Int) -> Manifold {
        let noise = NoiseSampler(settings.noise)
        let grid = noise.grid(columns)
        let nodes = generator.outputs(grid).points
        guard noise.dimension > 1 else { return Manifold(columns: columns, rows: 0, nodes: nodes, cells: []) }
        let masses = noise.distribution.masses(columns)
        let cells = (0..<columns * columns).map { index in
            let (row, column) = (index / columns, index % columns)
            let corner = row * (columns + 1) + column
            let area = signedArea(
                nodes[corner], nodes[corner + 1], nodes[corner + columns + 2], nodes[corner + columns + 1])
            return Manifold.Cell(signedArea: area, mass: masses[row] * masses[column])
        }
        return Manifold(columns: columns, rows: columns, nodes: nodes, cells: cells)
    }
}

extension NoiseSampler {
    /// The nodes of a grid of `columns` cells a side over the first two coordinates, row by row; the others in the
    /// middle. Noise of one coordinate has a single row.
    public func grid(_ columns: Int) -> Batch {
        let interval = distribution.interval
        let step = (interval.upperBound - interval.lowerBound) / Float(columns)
        let middle = (interval.upperBound + interval.lowerBound) / 2
        let side = columns + 1
        var nodes = Batch(features: dimension, count: dimension == 1 ? side : side * side)
        for node in 0..<nodes.count {
            for coordinate in 0..<dimension {
                switch coordinate {
                case 0: nodes[node, coordinate] = interval.lowerBound + Float(node % side) * step
                case 1: nodes[node, coordinate] = interval.lowerBound + Float(node / side) * step
                default: nodes[node, coordinate] = middle
                }
            }
        }
        return nodes
    }
}

extension NoiseDistribution {
    /// How likely one coordinate falls into each of `count` equal parts of its interval, by the density in the middle
    /// of each; they sum to 1.
    fileprivate func masses(_ count: Int) -> [Float] {
        guard let deviation, count > 0 else { return [Float](repeating: 1 / Float(count), count: count) }
        let step = (interval.upperBound - interval.lowerBound) / Float(count)
        let mean = (interval.upperBound + interval.lowerBound) / 2
        let densities = [GaussianTerm(at: Point(mean, 0), deviation: deviation, weight: 1)].sum(
            at: (0..<count).map { Point(interval.lowerBound + (Float($0) + 0.5) * step, 0) })
        let total = densities.reduce(0, +)
        return densities.map { $0 / total }
    }

    private var deviation: Float? {
        switch self {
        case .uniform: nil
        case .gaussian: 1
        case .truncated: 0.25
        }
    }
}

/// Half the cross product of the diagonals: the area of a quadrilateral, positive if its corners go round to the left.
private func signedArea(_ a: Point, _ b: Point, _ c: Point, _ d: Point) -> Float {
    0.5 * ((c.x - a.x) * (d.y - b.y) - (c.y - a.y) * (d.x - b.x))
}
