/// Precision and recall by nearest neighbours.
///
/// The reals' manifold is taken to be the union of balls around the reals, each reaching to its k-th nearest real
/// neighbour. Precision is the share of the fakes inside it; recall is the same with the sides exchanged. Precision
/// falls when fakes are bad, recall when reals are missed. (Kynkäänniemi et al. 2019, Improved precision and recall
/// metric for assessing generative models, equations 1 and 2; k = 3 as there.)
public struct PrecisionRecall: Sendable {
    /// Both shares, 0…1.
    public struct Report: Hashable, Sendable {
        /// Share of the fakes that look real.
        public let precision: Float
        /// Share of the reals that the fakes reach.
        public let recall: Float
    }

    private let real: [Point]
    private let manifold: NeighbourBalls

    /// Measures the balls around the reals, once.
    public init(real: [Point]) {
        self.real = real
        manifold = NeighbourBalls(around: real)
    }

    /// Both shares; NaN if either set has no more than three points. 0.7 ms for 1,000 against 1,000.
    public func report(on fakes: [Point]) -> Report {
        guard min(real.count, fakes.count) > NeighbourBalls.neighbours else {
            return Report(precision: .nan, recall: .nan)
        }
        return Report(
            precision: manifold.share(of: fakes), recall: NeighbourBalls(around: fakes).share(of: real))
    }
}

/// A ball around every point that reaches its k-th nearest neighbour.
private struct NeighbourBalls: Sendable {
    static let neighbours = 3
    /// Where many points are the same, as on a drawn grid or in a target of one point, what nobody sees is no difference.
    private static let leastSquaredRadius: Float = 9e-6

    private let centres: Columns
    private var squaredRadii: [SIMD8<Float>]

    init(around points: [Point]) {
        centres = Columns(points)
        // No point lies within a negative radius, so the lanes left over hold nothing.
        squaredRadii = [SIMD8<Float>](repeating: SIMD8(repeating: -1), count: centres.x.count)
        for (index, point) in points.enumerated() {
            squaredRadii[index / 8][index % 8] = max(
                Self.leastSquaredRadius, centres.squaredDistanceToNeighbour(of: point))
        }
    }

    /// Share of `points` that lie in at least one ball.
    func share(of points: [Point]) -> Float {
        var inside = 0
        for point in points {
            for block in squaredRadii.indices {
                if any(centres.squaredDistances(of: point, from: block) .<= squaredRadii[block]) {
                    inside += 1
                    break
                }
            }
        }
        return Float(inside) / Float(points.count)
    }
}

extension Columns {
    /// Squared distance from `point`, one of these, to its third nearest neighbour.
    fileprivate func squaredDistanceToNeighbour(of point: Point) -> Float {
        // The four least, in order; the first is the point's own, 0.
        var least = SIMD4<Float>(repeating: .infinity)
        for block in x.indices {
            let distances = squaredDistances(of: point, from: block)
            guard any(distances .< least[3]) else { continue }
            for lane in 0..<8 where distances[lane] < least[3] { least.insert(distances[lane]) }
        }
        return least[3]
    }
}

extension SIMD4<Float> {
    /// Puts a number less than the last in its place among these, which are in order; the last drops out.
    @inline(__always)
    fileprivate mutating func insert(_ number: Float) {
        var place = 3
        while place > 0, self[place - 1] > number {
            self[place] = self[place - 1]
            place -= 1
        }
        self[place] = number
    }
}
