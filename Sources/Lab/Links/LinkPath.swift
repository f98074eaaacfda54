import GANEngine

/// Points in a link of version 1.
///
///     varint  count
///     u8      0  two f32 a point
///             1  two signed numbers a point: its place in steps of ``Target/grid``
///             2  two signed numbers a point: how far that place is from where the last two points point
///
/// A hand moves steadily, so the second differences of what it draws are small: about two bytes a point.
enum LinkPath {
    enum Order {
        /// Each point follows the one before, as in a stroke.
        case line
        /// In no order.
        case scatter
    }

    static func write(_ points: [Point], as order: Order, to writer: inout ByteWriter) {
        writer.write(varint: UInt64(points.count))
        guard points.allSatisfy(\.isOnGrid) else {
            writer.write(UInt8(0))
            for point in points { writer.write(point) }
            return
        }
        writer.write(UInt8(order == .line ? 2 : 1))
        var predictor = Predictor()
        for point in points {
            let place = SIMD2(
                Int64(clamping: point.x * Target.grid), Int64(clamping: point.y * Target.grid))
            let number = order == .line ? place &- predictor.next : place
            predictor.advance(to: place)
            writer.write(signed: number.x)
            writer.write(signed: number.y)
        }
    }

    static func read(from reader: inout ByteReader) throws -> [Point] {
        let count = try reader.count(eachAtLeast: 2)
        let encoding = try reader.byte()
        guard encoding <= 2 else { throw LinkError.malformed }
        var predictor = Predictor()
        var points: [Point] = []
        for _ in 0..<count {
            if encoding == 0 {
                points.append(try reader.point())
            } else {
                let number = SIMD2(try reader.signed(), try reader.signed())
                let place = encoding == 2 ? predictor.next &+ number : number
                predictor.advance(to: place)
                points.append(Point(Float(place.x) / Target.grid, Float(place.y) / Target.grid))
            }
        }
        return points
    }

    /// Expects the next point of a line as far on as the last one was from the one before it.
    private struct Predictor {
        private var last: SIMD2<Int64>?
        private(set) var next = SIMD2<Int64>()

        mutating func advance(to place: SIMD2<Int64>) {
            next = last.map { place &* 2 &- $0 } ?? place
            last = place
        }
    }
}

extension Target {
    /// Steps in one unit of the grid that drawings are put on; the eye cannot tell.
    static let grid: Float = 4_096

    /// The same target, a drawing with its points on the grid, so that links are short. Apply it to what comes in,
    /// before it becomes part of a recipe: a link itself never changes anything. Points that somebody brought stay
    /// as exact as they came.
    package var onGrid: Target {
        guard case .drawing(let strokes) = self else { return self }
        return .drawing(strokes.map(\.onGrid))
    }
}

extension Stroke {
    /// See ``Target/onGrid``.
    var onGrid: Stroke { Stroke(points: points.map(\.onGrid), width: width) }
}

extension Point {
    fileprivate var onGrid: Point {
        // Adding 0 turns −0 into 0.
        Point((x * Target.grid).rounded() / Target.grid + 0, (y * Target.grid).rounded() / Target.grid + 0)
    }

    /// Whether whole numbers of grid steps give back the same bits.
    fileprivate var isOnGrid: Bool {
        let same = { (a: Float, b: Float) in a.bitPattern == b.bitPattern }
        return abs(x) < 1_024 && abs(y) < 1_024 && same(x, onGrid.x) && same(y, onGrid.y)
    }
}
