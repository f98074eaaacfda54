/// Points with their coordinates in vectors of eight lanes, for metrics that look at every pair.
struct Columns: Sendable {
    let count: Int
    private(set) var x: [SIMD8<Float>]
    private(set) var y: [SIMD8<Float>]

    /// The lanes left over at the end hold points infinitely far away.
    init(_ points: [Point]) {
        count = points.count
        x = [SIMD8<Float>](repeating: SIMD8(repeating: .infinity), count: (points.count + 7) / 8)
        y = x
        for (index, point) in points.enumerated() {
            x[index / 8][index % 8] = point.x
            y[index / 8][index % 8] = point.y
        }
    }

    /// Squared distances of `point` from block `block`, that is from points 8 · block + lane.
    @inline(__always)
    func squaredDistances(of point: Point, from block: Int) -> SIMD8<Float> {
        let (dx, dy) = (x[block] - point.x, y[block] - point.y)
        return dx * dx + dy * dy
    }

    /// Mean of `function`(‖a − b‖²) over all a of `points` and all b of these.
    @inline(__always)
    func mean(over points: [Point], _ function: (SIMD8<Float>) -> SIMD8<Float>) -> Double {
        let padding = SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7) .>= Int32(count - 8 * (x.count - 1))
        var total = 0.0
        for point in points {
            // One point's sum fits a float; the total of all of them would not.
            var sums = SIMD8<Float>()
            for block in 0..<x.count - 1 { sums += function(squaredDistances(of: point, from: block)) }
            let last = function(squaredDistances(of: point, from: x.count - 1))
            sums += last.replacing(with: 0, where: padding)
            total += Double(sums.sum())
        }
        return total / (Double(points.count) * Double(count))
    }
}
