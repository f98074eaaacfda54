extension Transform {
    /// How points in units of their own are fitted into the unit square.
    public enum Scaling: String, CaseIterable, Codable, Hashable, Sendable {
        /// Both axes by the same factor: proportions are kept.
        case equal
        /// Each axis by its own factor: for axes in different units.
        case perAxis

        /// Per axis if one axis spans more than five times what the other does.
        public init(for points: [(x: Double, y: Double)]) {
            let (x, y) = (Extent(points.map(\.x)).span, Extent(points.map(\.y)).span)
            self = min(x, y) > 0 && max(x, y) > 5 * min(x, y) ? .perAxis : .equal
        }
    }

    /// Maps points that somebody brought into the unit square: the longer side, or with ``Scaling/perAxis`` each side,
    /// fills 80% of it and the middle comes to the middle. Returns the points there, and what maps them back.
    public static func normalizing(_ points: [(x: Double, y: Double)], _ scaling: Scaling = .equal) -> (
        points: [Point], transform: Transform
    ) {
        let (x, y) = (Extent(points.map(\.x)), Extent(points.map(\.y)))
        let longest = max(x.span, y.span)
        // An axis on which all points agree has no scale of its own.
        let scale = { (span: Double) in
            let side = scaling == .perAxis && span > 0 ? span : longest
            return side > 0 ? side / 0.8 : 1
        }
        let (scaleX, scaleY) = (scale(x.span), scale(y.span))
        let back = Transform(
            scale: (scaleX, scaleY), offset: (x.middle - 0.5 * scaleX, y.middle - 0.5 * scaleY))
        let mapped = points.map {
            Point(Float(($0.x - back.offsetX) / scaleX), Float(($0.y - back.offsetY) / scaleY))
        }
        return (mapped, back)
    }

    /// The original of a point.
    public func callAsFunction(_ point: Point) -> (x: Double, y: Double) {
        (Double(point.x) * scaleX + offsetX, Double(point.y) * scaleY + offsetY)
    }
}

/// From the smallest of some numbers to the largest; 0 to 0 if there are none.
private struct Extent {
    let lowest: Double
    let highest: Double

    init(_ values: [Double]) {
        lowest = values.min() ?? 0
        highest = values.max() ?? 0
    }

    var span: Double { highest - lowest }
    var middle: Double { lowest + span / 2 }
}
