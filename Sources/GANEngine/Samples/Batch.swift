/// Samples, or what a network made of them: `count` vectors of `features` numbers.
///
/// Laid out as the kernels like it: tiles of 32 samples, in each tile one row a feature, the last tile
/// padded.
public struct Batch: Hashable, Sendable {
    /// Numbers in a vector.
    public let features: Int
    /// Vectors.
    public let count: Int
    /// Tile t, feature f, sample i of the tile at `(t * features + f) * 32 + i`.
    public internal(set) var storage: [Float]

    /// All zero.
    public init(features: Int, count: Int) {
        self.features = features
        self.count = count
        storage = [Float](repeating: 0, count: tileCount(count) * features * tileWidth)
    }

    /// Points of the plane.
    public init(_ points: [Point]) {
        self.init(features: 2, count: points.count)
        for (index, point) in points.enumerated() {
            self[index, 0] = point.x
            self[index, 1] = point.y
        }
    }

    /// Tiles in it.
    public var tiles: Int { tileCount(count) }

    /// Number `feature` of vector `sample`.
    @inline(__always)
    public subscript(sample: Int, feature: Int) -> Float {
        get { storage[place(sample, feature)] }
        set { storage[place(sample, feature)] = newValue }
    }

    /// The first two features of every vector.
    public var points: [Point] {
        (0..<count).map { Point(self[$0, 0], self[$0, 1]) }
    }

    /// One feature of every vector.
    public func column(_ feature: Int) -> [Float] {
        (0..<count).map { self[$0, feature] }
    }

    @inline(__always)
    private func place(_ sample: Int, _ feature: Int) -> Int {
        ((sample / tileWidth) * features + feature) * tileWidth + sample % tileWidth
    }
}
