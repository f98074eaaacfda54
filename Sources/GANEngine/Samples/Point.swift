/// A point of the plane, y up.
public struct Point: Hashable, Sendable {
    /// To the right.
    public var x: Float
    /// Upwards.
    public var y: Float

    /// The point (x, y).
    public init(_ x: Float, _ y: Float) {
        self.x = x
        self.y = y
    }
}
