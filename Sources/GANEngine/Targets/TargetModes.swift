extension Target {
    /// The Gaussians of a mixture, weights summing to 1; nil for what is none.
    var modes: [Mode]? {
        switch self {
        case .named(let name): return name.modes.map(normalized)
        case .mixture(let components):
            return normalized(
                components.map {
                    Mode(
                        mean: $0.mean, varianceX: $0.varianceX, varianceY: $0.varianceY,
                        covariance: $0.covariance,
                        weight: $0.weight)
                })
        case .drawing, .points: return nil
        }
    }
}

private func normalized(_ modes: [Mode]) -> [Mode] {
    let total = modes.reduce(0) { $0 + $1.weight }
    // Weights so large that their sum is not a number any more: smaller ones of the same proportions.
    guard total.isFinite else { return normalized(modes.map { $0.weighing($0.weight * 0x1p-64) }) }
    return modes.map { $0.weighing($0.weight / total) }
}

extension NamedTarget {
    fileprivate var modes: [Mode]? {
        switch self {
        case .gaussians:
            [Mode(0.3, 0.7, deviations: 0.1, 0.1), Mode(0.7, 0.4, deviations: 0.05, 0.2)]
        case .disjoint:
            [
                Mode(0.35, 0.75, deviations: 0.025, 0.025), Mode(0.75, 0.6, deviations: 0.025, 0.025),
                Mode(0.45, 0.35, deviations: 0.025, 0.025),
            ]
        case .ring8: octagon.map { Mode($0.x, $0.y, deviations: 0.01, 0.01) }
        case .grid25:
            [-4, -2, 0, 2, 4].flatMap { y in
                [-4, -2, 0, 2, 4].map { x in Mode(x, y, deviations: 0.05, 0.05) }
            }
        case .unbalanced:
            // One corner in two of the octagon, each with half the weight of the one before.
            zip([0, 2, 4, 6], [8, 4, 2, 1]).map { corner, weight in
                Mode(octagon[corner].x, octagon[corner].y, deviations: 0.1, 0.1, weight: weight)
            }
        case .line, .ring, .moons, .spiral, .sCurve, .checkerboard, .pinwheel, .disk, .point: nil
        }
    }
}

/// (cos, sin) of 2πi/8. Written out, because a library's cosine may differ between machines in the last bit.
let octagon: [Point] = {
    let half = Float(0.5).squareRoot()
    return [
        Point(1, 0), Point(half, half), Point(0, 1), Point(-half, half),
        Point(-1, 0), Point(-half, -half), Point(0, -1), Point(half, -half),
    ]
}()

extension Mode {
    fileprivate func weighing(_ weight: Float) -> Mode {
        var mode = self
        mode.weight = weight
        return mode
    }

    fileprivate init(_ x: Float, _ y: Float, deviations sx: Float, _ sy: Float, weight: Float = 1) {
        self.init(mean: Point(x, y), varianceX: sx * sx, varianceY: sy * sy, covariance: 0, weight: weight)
    }
}
