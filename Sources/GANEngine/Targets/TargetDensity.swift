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
        case .named(.line): self = .sum(smear([(Point(0.8, 0.6), Point(0.05, 0.9), 1)], spread: 0.01))
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
                return Int(column + row).isMultiple(of: 2) ? inside : 0
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

/// Straight pieces with a weight each, inked with dots no further apart than half the brush's deviation.
private func smear(
    _ segments: [(from: Point, to: Point, ink: Double)], spread: Float
) -> [GaussianTerm] {
    segments.flatMap { from, to, ink in
        let dots = Int((from.distance(to: to) / (0.5 * Double(spread))).rounded(.up))
        return (0..<max(1, dots)).map { dot in
            let t = dots > 1 ? (Float(dot) + 0.5) / Float(dots) : 0.5
            let point = Point(from.x + t * (to.x - from.x), from.y + t * (to.y - from.y))
            return GaussianTerm(at: point, deviation: spread, weight: ink / Double(max(1, dots)))
        }
    }
}

private func ink(of strokes: [Stroke]) -> [GaussianTerm] {
    let total = strokes.reduce(0) { $0 + $1.segments.reduce(0) { $0 + $1.ink } }
    return strokes.flatMap { stroke in
        smear(stroke.segments.map { ($0.from, $0.to, $0.ink / total) }, spread: stroke.width)
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

    /// Nil if it has no width in some direction.
    init?(_ mode: Mode) {
        let determinant = mode.varianceX * mode.varianceY - mode.covariance * mode.covariance
        guard determinant > 0 else { return nil }
        self.init(
            x: mode.mean.x, y: mode.mean.y, xx: mode.varianceY / (2 * determinant),
            xy: -mode.covariance / determinant,
            yy: mode.varianceX / (2 * determinant), weight: mode.weight / (2 * .pi * determinant.squareRoot())
        )
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
