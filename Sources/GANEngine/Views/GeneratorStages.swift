/// A grid of noise on its way through the generator: as noise, after every hidden layer, as samples.
public struct GeneratorStages: Sendable {
    /// The grid after one layer.
    public struct Stage: Sendable {
        /// Neurons of the layer.
        public let width: Int
        /// The grid's points, row by row, in two dimensions.
        public let points: [Point]
        /// The share of the points' variance that two dimensions can show; 1 unless the layer is wider.
        public let explained: Float
    }

    /// Points along the first latent coordinate.
    public let columns: Int
    /// Points along the second; 1 where noise has only one.
    public let rows: Int
    /// The noise first, the samples last.
    public let stages: [Stage]

    fileprivate init(_ generator: Network, _ grid: Batch, columns: Int) {
        self.columns = columns
        rows = grid.count / columns
        var stages = [Stage(flat: grid)]
        let activations = generator.activations(grid)
        for hidden in activations.dropLast() {
            stages.append(hidden.features > 2 ? Stage(projecting: hidden, like: stages) : Stage(flat: hidden))
        }
        if let samples = activations.last { stages.append(Stage(flat: samples)) }
        self.stages = stages
    }
}

extension Snapshot {
    /// A grid of `columns` cells a side, the same as a manifold's, after every layer of the generator.
    public func generatorStages(_ columns: Int) -> GeneratorStages {
        GeneratorStages(generator, NoiseSampler(settings.noise).grid(columns), columns: columns + 1)
    }
}

extension GeneratorStages.Stage {
    /// Vectors that are points of the plane already, or of a line.
    fileprivate init(flat vectors: Batch) {
        width = vectors.features
        let isLine = vectors.features == 1
        points = (0..<vectors.count).map { Point(vectors[$0, 0], isLine ? 0 : vectors[$0, 1]) }
        explained = 1
    }

    /// Wider vectors, in the plane that shows most of their variance, turned so that they lie as the stage before them
    /// does: the eye is to see what the layer does, not which way the axes happen to point.
    fileprivate init(projecting vectors: Batch, like before: [Self]) {
        width = vectors.features
        let projection = PrincipalPlane(vectors)
        points = projection.points.turned(towards: before.last?.points ?? projection.points)
        explained = projection.explained
    }
}

extension [Point] {
    /// The rotation, or reflection, of these centred points that brings them nearest to others, centred too: the
    /// orthogonal Procrustes problem (Schönemann 1966), which in two dimensions needs no singular values.
    package func turned(towards others: [Point]) -> [Point] {
        let count = Float(others.count)
        let centre = others.reduce(Point(0, 0)) { Point($0.x + $1.x / count, $0.y + $1.y / count) }
        var (xx, xy, yx, yy) = (Float(0), Float(0), Float(0), Float(0))
        for (point, other) in zip(self, others) {
            xx += point.x * (other.x - centre.x)
            xy += point.x * (other.y - centre.y)
            yx += point.y * (other.x - centre.x)
            yy += point.y * (other.y - centre.y)
        }
        let rotation = (cosine: xx + yy, sine: xy - yx)
        let reflection = (cosine: xx - yy, sine: xy + yx)
        func length(_ turn: (cosine: Float, sine: Float)) -> Float {
            (turn.cosine * turn.cosine + turn.sine * turn.sine).squareRoot()
        }
        let reflects = length(reflection) > length(rotation)
        let best = reflects ? reflection : rotation
        guard length(best) > 0 else { return self }
        let (cosine, sine) = (best.cosine / length(best), best.sine / length(best))
        return map { point in
            reflects
                ? Point(cosine * point.x + sine * point.y, sine * point.x - cosine * point.y)
                : Point(cosine * point.x - sine * point.y, sine * point.x + cosine * point.y)
        }
    }
}
