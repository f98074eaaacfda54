/// One cluster of a target that is a mixture: what a generator may cover or miss.
public struct Mode: Hashable, Sendable {
    /// Its centre.
    public var mean: Point
    /// Variance of x.
    public var varianceX: Float
    /// Variance of y.
    public var varianceY: Float
    /// Covariance of x and y.
    public var covariance: Float
    /// Its share of the target's mass, 0…1.
    public var weight: Float

    /// A Gaussian of any shape.
    public init(mean: Point, varianceX: Float, varianceY: Float, covariance: Float = 0, weight: Float) {
        self.mean = mean
        self.varianceX = varianceX
        self.varianceY = varianceY
        self.covariance = covariance
        self.weight = weight
    }

    /// Variance in the direction in which it is narrowest: the smaller eigenvalue of its covariance matrix, 0 for a
    /// point or a line.
    var leastVariance: Double {
        let (x, y, both) = (Double(varianceX), Double(varianceY), Double(covariance))
        let half = (x - y) / 2
        return max(0, (x + y) / 2 - (half * half + both * both).squareRoot())
    }

    /// A round one.
    public init(mean: Point, deviation: Float, weight: Float) {
        let variance = deviation * deviation
        self.init(mean: mean, varianceX: variance, varianceY: variance, weight: weight)
    }
}
