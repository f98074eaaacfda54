/// The distribution that the generator is to imitate.
public enum Target: Hashable, Sendable {
    /// One of the lab's own.
    case named(NamedTarget)
    /// Weighted Gaussians.
    case mixture([MixtureComponent])
    /// What somebody drew.
    case drawing([Stroke])
    /// Points somebody brought, already mapped into the view, with what maps them back.
    case points([Point], transform: Transform)
}

/// The lab's own targets.
public enum NamedTarget: String, CaseIterable, Hashable, Sendable {
    // GAN Lab's four, on the unit square, with its exact parameters.
    case line, gaussians, ring, disjoint
    // The papers', with their parameters.
    case ring8, grid25
    case moons, spiral, sCurve, checkerboard, pinwheel, disk, unbalanced
    /// All mass at one point, for Dirac-GAN (Mescheder et al. 2018).
    case point
}

/// One Gaussian of a mixture.
public struct MixtureComponent: Hashable, Sendable {
    /// Its middle.
    public var mean: Point
    /// Variance of x.
    public var varianceX: Float
    /// Variance of y.
    public var varianceY: Float
    /// Covariance of x and y; at most √(variance of x · variance of y) either way.
    public var covariance: Float
    /// Relative to the other components'.
    public var weight: Float

    /// A Gaussian, without covariance and of weight 1 unless told otherwise.
    public init(mean: Point, varianceX: Float, varianceY: Float, covariance: Float = 0, weight: Float = 1) {
        self.mean = mean
        self.varianceX = varianceX
        self.varianceY = varianceY
        self.covariance = covariance
        self.weight = weight
    }
}

/// One stroke of a drawing: a polyline, inked with a round brush.
public struct Stroke: Hashable, Codable, Sendable {
    /// Where the hand went; a single point is a dot.
    public var points: [Point]
    /// Standard deviation of the ink around the line.
    public var width: Float

    /// A polyline inked with a brush of standard deviation `width`.
    public init(points: [Point], width: Float) {
        self.points = points
        self.width = width
    }
}

/// original = point × scale + offset, for each axis.
public struct Transform: Hashable, Sendable {
    /// By what x is multiplied. Above 0.
    public var scaleX: Double
    /// By what y is multiplied. Above 0.
    public var scaleY: Double
    /// The original x of the origin.
    public var offsetX: Double
    /// The original y of the origin.
    public var offsetY: Double

    /// The map that multiplies by `scale` and then adds `offset`.
    public init(scale: (x: Double, y: Double), offset: (x: Double, y: Double)) {
        (scaleX, scaleY) = scale
        (offsetX, offsetY) = offset
    }

    /// The map that multiplies both axes by `scale` and then adds `offset`, all of which 32 bits hold.
    public init(scale: Float, offset: Point) {
        self.init(scale: (Double(scale), Double(scale)), offset: (Double(offset.x), Double(offset.y)))
    }

    /// The one scale and the offset, if both axes have the same scale and 32 bits hold all of it: the form that recipes
    /// and links had before an axis could have a scale of its own.
    package var uniform: (scale: Float, offset: Point)? {
        let (scale, offset) = (Float(scaleX), Point(Float(offsetX), Float(offsetY)))
        return self == Transform(scale: scale, offset: offset) ? (scale, offset) : nil
    }
}
