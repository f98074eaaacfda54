/// Mean and covariance of a set of points.
public struct Moments: Hashable, Sendable {
    /// Coordinates of the mean.
    public let meanX, meanY: Double
    /// Entries of the covariance matrix.
    public let varianceX, varianceY, covariance: Double

    /// With n in the denominator. An empty set has no moments: NaN.
    public init(_ points: [Point]) {
        // About the first point, so that a tight cluster far from the origin keeps its digits.
        let origin = points.first ?? Point(0, 0)
        var (x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for point in points {
            let (dx, dy) = (Double(point.x) - Double(origin.x), Double(point.y) - Double(origin.y))
            x += dx
            y += dy
            xx += dx * dx
            yy += dy * dy
            xy += dx * dy
        }
        let n = Double(points.count)
        (x, y) = (x / n, y / n)
        meanX = Double(origin.x) + x
        meanY = Double(origin.y) + y
        varianceX = max(xx / n - x * x, 0)
        varianceY = max(yy / n - y * y, 0)
        covariance = xy / n - x * y
    }

    /// Those that were written down.
    public init(meanX: Double, meanY: Double, varianceX: Double, varianceY: Double, covariance: Double) {
        self.meanX = meanX
        self.meanY = meanY
        self.varianceX = varianceX
        self.varianceY = varianceY
        self.covariance = covariance
    }

    /// The mean, as a point.
    public var mean: Point { Point(Float(meanX), Float(meanY)) }

    /// Mean squared distance from the mean.
    public var totalVariance: Float { Float(varianceX + varianceY) }

    var determinant: Double { max(varianceX * varianceY - covariance * covariance, 0) }
}
