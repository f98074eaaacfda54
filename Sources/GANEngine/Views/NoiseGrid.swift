/// A grid over the noise: what views feed the generator to see it everywhere at once.
///
/// It spans the first two latent coordinates; all others stay at the middle of their distribution. One-dimensional
/// noise has one row.
public struct NoiseGrid: Sendable {
    /// Points along the first coordinate, and along the second.
    public let columns: Int
    public let rows: Int
    /// One latent vector a point, row by row, lowest first.
    package let inputs: Batch

    /// - Parameter columns: points a side, at least 2.
    public init(_ noise: NoiseSettings, columns: Int) {
        self.columns = columns
        rows = noise.dimension == 1 ? 1 : columns
        let range = noise.distribution.bulk
        let middle = (range.lowerBound + range.upperBound) / 2
        let step = (range.upperBound - range.lowerBound) / Float(columns - 1)
        var inputs = Batch(features: noise.dimension, count: columns * rows)
        for sample in 0..<inputs.count {
            for feature in 0..<noise.dimension { inputs[sample, feature] = middle }
            inputs[sample, 0] = range.lowerBound + Float(sample % columns) * step
            if rows > 1 { inputs[sample, 1] = range.lowerBound + Float(sample / columns) * step }
        }
        self.inputs = inputs
    }
}

extension NoiseDistribution {
    /// Where a coordinate nearly always is: all of it, or two standard deviations to both sides.
    public var bulk: ClosedRange<Float> {
        switch self {
        case .uniform, .truncated: 0...1
        case .gaussian: -2...2
        }
    }
}
