import CKernels

/// What the sampling kernel needs to know of a target: a formula's parameters, or a table.
struct TargetShape: Sendable {
    private let parameters: Parameters
    private let table: AliasTable?
    let labelCount: Int

    /// A formula and its numbers; see `Shape` in CKernels for what they mean.
    fileprivate struct Parameters: Sendable {
        var shape: Int
        var a: Float = 0
        var b: Float = 0
        var c: Float = 0
        var d: Float = 0
        var spread: Float = 0
    }

    init(_ target: Target) {
        if let formula = target.formula {
            (parameters, labelCount) = formula
            table = nil
        } else {
            let entries = target.entries
            parameters = Parameters(shape: ShapeTable)
            table = AliasTable(entries)
            labelCount = 1 + (entries.map(\.entry.label).max().map(Int.init) ?? 0)
        }
    }

    /// Calls `body` with the kernel's view of this shape, which lives until it returns.
    func withParameters(_ body: (UnsafePointer<Shape>) -> Void) {
        let p = parameters
        var shape = Shape(
            shape: Int32(p.shape), a: p.a, b: p.b, c: p.c, d: p.d, spread: p.spread, bits: 0, count: 0,
            segments: 0,
            entries: nil, slots: nil)
        guard let table else { return body(&shape) }
        table.slots.withUnsafeBufferPointer { slots in
            table.entries.withUnsafeBufferPointer { entries in
                shape.bits = Int32(table.bits)
                shape.count = UInt32(entries.count)
                shape.segments = table.hasSegments ? 1 : 0
                shape.entries = entries.baseAddress
                shape.slots = slots.baseAddress
                body(&shape)
            }
        }
    }
}

extension Target {
    /// The formula of a target that has one, and how many labels it gives.
    fileprivate var formula: (TargetShape.Parameters, labels: Int)? {
        guard case .named(let name) = self else { return nil }
        switch name {
        case .ring:
            return (
                TargetShape.Parameters(shape: ShapeEllipse, a: 0.3, b: 0.25, c: 0.5, d: 0.45, spread: 0.025),
                1
            )
        case .moons: return (TargetShape.Parameters(shape: ShapeMoons, a: 1, spread: 0.05), 2)
        case .spiral: return (TargetShape.Parameters(shape: ShapeSpiral, a: 1, b: 2, spread: 0.02), 1)
        case .sCurve: return (TargetShape.Parameters(shape: ShapeSCurve, a: 0.6, spread: 0.03), 2)
        case .checkerboard: return (TargetShape.Parameters(shape: ShapeCheckerboard, a: 1), 8)
        case .pinwheel:
            return (TargetShape.Parameters(shape: ShapePinwheel, a: 0.65, b: 0.2, c: 0.25, spread: 0.06), 5)
        case .disk: return (TargetShape.Parameters(shape: ShapeDisk, a: 1), 1)
        case .line, .gaussians, .disjoint, .ring8, .grid25, .unbalanced, .point: return nil
        }
    }

    /// The table of a target that has no formula: what is drawn, and how often.
    fileprivate var entries: [(entry: ShapeEntry, weight: Double)] {
        switch self {
        case .named(.line):
            return [(ShapeEntry(from: Point(0.8, 0.6), to: Point(0.05, 0.9), spread: 0.01), 1)]
        case .named(.point):
            return [(ShapeEntry(from: Point(0, 0), to: Point(0, 0), spread: 0), 1)]
        case .named, .mixture:
            return (modes ?? []).enumerated().map { (ShapeEntry($1, label: $0), Double($1.weight)) }
        case .drawing(let strokes):
            return strokes.flatMap { stroke in
                stroke.segments.map {
                    (ShapeEntry(from: $0.from, to: $0.to, spread: stroke.width), $0.ink)
                }
            }
        case .points(let points, _):
            return points.map { (ShapeEntry(from: $0, to: $0, spread: 0), 1) }
        }
    }
}

extension Stroke {
    /// Its straight pieces, and how much ink each holds: its length. A dot holds as much as a line as long as it is
    /// wide. How fast the hand moved does not matter.
    var segments: [(from: Point, to: Point, ink: Double)] {
        let pieces = zip(points, points.dropFirst()).map { (from: $0, to: $1, ink: $0.distance(to: $1)) }
            .filter { $0.ink > 0 }
        guard pieces.isEmpty, let dot = points.first else { return pieces }
        return [(dot, dot, 2 * Double(width))]
    }
}

extension Point {
    func distance(to other: Point) -> Double {
        let (dx, dy) = (Double(other.x) - Double(x), Double(other.y) - Double(y))
        return (dx * dx + dy * dy).squareRoot()
    }
}

extension ShapeEntry {
    fileprivate init(from: Point, to: Point, spread: Float) {
        self.init(
            x: from.x, y: from.y, dx: to.x - from.x, dy: to.y - from.y, xx: spread, yx: 0, yy: spread,
            label: 0)
    }

    /// A Gaussian, by the Cholesky factor of its covariance.
    fileprivate init(_ mode: Mode, label: Int) {
        let xx = mode.varianceX.squareRoot()
        let yx = xx > 0 ? mode.covariance / xx : 0
        let yy = max(0, mode.varianceY - yx * yx).squareRoot()
        self.init(x: mode.mean.x, y: mode.mean.y, dx: 0, dy: 0, xx: xx, yx: yx, yy: yy, label: Int32(label))
    }
}
