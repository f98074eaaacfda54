import CKernels

/// Where a target's probability lies, as far as a formula says.
enum TargetDensity: Sendable {
    /// A sum of Gaussians: a mixture, or a curve smeared by a brush, cut finely enough that the sum is smooth.
    case sum([GaussianTerm])
    /// The same, wound up by this many turns per unit of distance from the origin, which keeps areas.
    case wound([GaussianTerm], turns: Float)
    /// Uniform within a circle of this radius around the origin.
    case disk(radius: Float)
    /// Uniform on every other square of a 4 × 4 board of this half side around the origin.
    case checkerboard(halfSide: Float)

    /// Nil where mass sits in points or lines, or nobody knows.
    init?(_ target: Target) {
        switch target {
        case .named(.line):
            self = .sum(ink(of: [Stroke(points: [Point(0.8, 0.6), Point(0.05, 0.9)], width: 0.01)]))
        case .named(let name): self.init(name)
        case .mixture: self.init(modes: target.modes ?? [])
        case .drawing(let strokes): self = .sum(ink(of: strokes))
        case .points: return nil
        }
    }

    private init?(_ name: NamedTarget) {
        switch name {
        case .ring:
            self = .sum(smear(spread: 0.025) { turn($0, a: 0.3, b: 0.25, at: Point(0.5, 0.45)) })
        case .moons:
            let upper = smear(spread: 0.05) { turn($0 / 2, a: 1, b: 1, at: Point(-0.5, -0.25)) }
            self = .sum((upper + upper.map(\.reflected)).map { $0.scaled(by: 0.5) })
        case .spiral:
            self = .sum(
                smear(spread: 0.02) { u in
                    let t = u.squareRoot()
                    let radius = 0.1 + 0.9 * t
                    return turn(2 * t, a: radius, b: radius)
                })
        case .sCurve:
            // The upper half turns left from (0, 0), the lower one is its reflection.
            let lower = smear(spread: 0.03) { u in
                let point = turn(0.75 * u, a: 1, b: 1)
                return Point(0.6 * point.y, 0.6 * (point.x - 1))
            }
            self = .sum((lower + lower.map(\.reflected)).map { $0.scaled(by: 0.5) })
        case .checkerboard: self = .checkerboard(halfSide: 1)
        case .disk: self = .disk(radius: 1)
        case .pinwheel: self = .wound((0..<5).map { GaussianTerm(arm: Double($0) / 5) }, turns: 0.25)
        case .line, .point: return nil
        case .gaussians, .disjoint, .ring8, .grid25, .unbalanced:
            self.init(modes: Target.named(name).modes ?? [])
        }
    }

    private init?(modes: [Mode]) {
        var terms: [GaussianTerm] = []
        for mode in modes {
            guard let term = GaussianTerm(mode) else { return nil }
            terms.append(term)
        }
        self = .sum(terms)
    }

    /// Probability per unit of area.
    func values(at points: [Point]) -> [Float] {
        switch self {
        case .sum(let terms): return terms.sum(at: points)
        case .wound(let terms, let turns):
            return terms.sum(
                at: points.map { $0.turned(by: -turns * ($0.x * $0.x + $0.y * $0.y).squareRoot()) })
        case .disk(let radius):
            let inside = 1 / (Float.pi * radius * radius)
            return points.map { $0.x * $0.x + $0.y * $0.y < radius * radius ? inside : 0 }
        case .checkerboard(let half):
            let inside = 1 / (2 * half * half)
            return points.map { point in
                let column = ((point.x + half) * 2 / half).rounded(.down)
                let row = ((point.y + half) * 2 / half).rounded(.down)
                guard (0..<4).contains(column), (0..<4).contains(row) else { return 0 }
                return Int(clamping: column + row).isMultiple(of: 2) ? inside : 0
            }
        }
    }
}

extension [GaussianTerm] {
    /// The sum at every point.
    func sum(at points: [Point]) -> [Float] {
        // The kernel takes whole vectors of sixteen.
        let padded = (points.count + 15) / 16 * 16
        let padding = [Float](repeating: 0, count: padded - points.count)
        let x = points.map(\.x) + padding, y = points.map(\.y) + padding
        var values = [Float](repeating: 0, count: padded)
        InstructionSet.best.samplers.pointee.density(self, Int64(count), x, y, Int64(padded), &values)
        return Array<Float>(values.prefix(points.count))
    }
}

// MARK: - Curves

/// A curve, drawn evenly as its parameter runs from 0 to 1, with a round brush: 1,024 dots.
private func smear(spread: Float, along curve: (Double) -> Point) -> [GaussianTerm] {
    (0..<1_024).map {
        GaussianTerm(at: curve((Double($0) + 0.5) / 1_024), deviation: spread, weight: 1 / 1_024)
    }
}

/// Dots of a drawing, at most, and one more for each of its pieces.
private let mostDots = 65_536.0

/// The straight pieces of strokes, inked with dots no further apart than half the brush's deviation; wider apart where
/// that would be more than ``mostDots``.
private func ink(of strokes: [Stroke]) -> [GaussianTerm] {
    let pieces = strokes.flatMap { stroke in stroke.segments.map { (segment: $0, width: stroke.width) } }
    let ink = pieces.reduce(0) { $0 + $1.segment.ink }
    let wanted = pieces.map { $0.segment.from.distance(to: $0.segment.to) / (0.5 * Double($0.width)) }
    let thinning = min(1, mostDots / wanted.reduce(0, +))
    return zip(pieces, wanted).flatMap { piece, wanted in
        let (from, to) = (piece.segment.from, piece.segment.to)
        let dots = max(1, Int(clamping: (wanted * thinning).rounded(.up)))
        return (0..<dots).map { dot in
            let t = dots > 1 ? (Float(dot) + 0.5) / Float(dots) : 0.5
            return GaussianTerm(
                at: Point(from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)),
                along: (
                    (Double(to.x) - Double(from.x)) / Double(dots),
                    (Double(to.y) - Double(from.y)) / Double(dots)
                ),
                deviation: piece.width, weight: piece.segment.ink / ink / Double(dots))
        }
    }
}

/// A point of an ellipse with half axes a, b.
private func turn(_ turns: Double, a: Double, b: Double, at centre: Point = Point(0, 0)) -> Point {
    var sine = 0.0, cosine = 0.0
    sincos_of_turns(turns, &sine, &cosine)
    return Point(centre.x + Float(a * cosine), centre.y + Float(b * sine))
}

extension Point {
    fileprivate func turned(by turns: Float) -> Point {
        var sine = 0.0, cosine = 0.0
        sincos_of_turns(Double(turns), &sine, &cosine)
        let (s, c) = (Float(sine), Float(cosine))
        return Point(c * x - s * y, s * x + c * y)
    }
}

// MARK: - Gaussians

extension GaussianTerm {
    /// A round one.
    init(at point: Point, deviation: Float, weight: Double) {
        let precision = 1 / (2 * deviation * deviation)
        self.init(
            x: point.x, y: point.y, xx: precision, xy: 0, yy: precision,
            weight: Float(weight) * precision / .pi)
    }

    /// A round brush moved evenly along a short line with this middle, by its mean and covariance: a line of length l has
    /// the variance l²/12.
    fileprivate init(at middle: Point, along line: (x: Double, y: Double), deviation: Float, weight: Double) {
        let across = Double(deviation) * Double(deviation)
        let square = line.x * line.x + line.y * line.y
        let along = across + square / 12
        // The inverse of the covariance matrix across·1 + line·lineᵀ/12.
        let lean = 1 / (12 * across * along)
        self.init(
            x: middle.x, y: middle.y, xx: Float((1 / across - line.x * line.x * lean) / 2),
            xy: Float(-line.x * line.y * lean), yy: Float((1 / across - line.y * line.y * lean) / 2),
            weight: Float(weight / (2 * .pi * (along * across).squareRoot())))
    }

    /// Nil if it has no width in some direction, or so little that its density does not fit a number.
    init?(_ mode: Mode) {
        let (a, b, c) = (Double(mode.varianceX), Double(mode.varianceY), Double(mode.covariance))
        let determinant = a * b - c * c
        guard determinant > 0 else { return nil }
        self.init(
            x: mode.mean.x, y: mode.mean.y, xx: Float(b / (2 * determinant)), xy: Float(-c / determinant),
            yy: Float(a / (2 * determinant)),
            weight: Float(Double(mode.weight) / (2 * .pi * determinant.squareRoot())))
        guard xx.isFinite, xy.isFinite, yy.isFinite, weight.isFinite else { return nil }
    }

    /// One of the pinwheel's arms before it is wound up: 0.65 away in this direction, deviation 0.2 along and 0.06
    /// across.
    fileprivate init(arm turns: Double) {
        let along: Float = 0.2 * 0.2, across: Float = 0.06 * 0.06
        let direction = turn(turns, a: 1, b: 1)
        let (c, s) = (direction.x, direction.y)
        let mode = Mode(
            mean: Point(0.65 * c, 0.65 * s), varianceX: along * c * c + across * s * s,
            varianceY: along * s * s + across * c * c, covariance: (along - across) * c * s, weight: 0.2)
        self = GaussianTerm(mode) ?? GaussianTerm()
    }

    fileprivate var reflected: GaussianTerm {
        GaussianTerm(x: -x, y: -y, xx: xx, xy: xy, yy: yy, weight: weight)
    }

    fileprivate func scaled(by factor: Float) -> GaussianTerm {
        GaussianTerm(x: x, y: y, xx: xx, xy: xy, yy: yy, weight: weight * factor)
    }
}
