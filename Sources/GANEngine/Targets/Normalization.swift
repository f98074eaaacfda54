extension Transform {
    /// Maps points that somebody brought into the unit square, keeping their proportions: the longer side fills 80%
    /// of it and the middle comes to the middle. Returns the points there, and what maps them back.
    public static func normalizing(_ points: [(x: Double, y: Double)]) -> (
        points: [Point], transform: Transform
    ) {
        let (x, y) = (points.map(\.x), points.map(\.y))
        let (left, right, bottom, top) = (x.min() ?? 0, x.max() ?? 0, y.min() ?? 0, y.max() ?? 0)
        let side = max(right - left, top - bottom)
        let scale = side > 0 ? side / 0.8 : 1
        let offset = (x: (left + right) / 2 - 0.5 * scale, y: (bottom + top) / 2 - 0.5 * scale)
        let mapped = points.map { Point(Float(($0.x - offset.x) / scale), Float(($0.y - offset.y) / scale)) }
        let back = Transform(scale: Float(scale), offset: Point(Float(offset.x), Float(offset.y)))
        return (mapped, back)
    }

    /// The original of a point.
    public func callAsFunction(_ point: Point) -> Point {
        Point(point.x * scale + offset.x, point.y * scale + offset.y)
    }
}
