extension Target {
    /// The part of the plane that shows it well, with some air around.
    var view: View {
        switch self {
        case .named(let name): View(centre: name.centre, halfExtent: name.halfExtent)
        case .drawing: .unitSquare
        case .mixture(let components): View(around: components)
        case .points(let points, _): View(around: points)
        }
    }
}

extension NamedTarget {
    fileprivate var centre: Point {
        switch self {
        case .line, .gaussians, .ring, .disjoint: Point(0.5, 0.5)
        default: Point(0, 0)
        }
    }

    fileprivate var halfExtent: Float {
        switch self {
        case .line, .gaussians, .ring, .disjoint: 0.5
        case .ring8, .spiral, .checkerboard, .pinwheel, .disk: 1.4
        case .sCurve, .unbalanced, .point: 1.6
        case .moons: 1.9
        case .grid25: 5.2
        }
    }
}

extension View {
    /// Three standard deviations of every component, and the square around the origin in which an untrained generator's
    /// samples lie: a game that starts outside the picture is not seen to start.
    fileprivate init(around components: [MixtureComponent]) {
        let reach = components.map {
            (mean: $0.mean, x: 3 * $0.varianceX.squareRoot(), y: 3 * $0.varianceY.squareRoot())
        }
        self.init(
            around: [Point(-1, -1), Point(1, 1)]
                + reach.flatMap {
                    [Point($0.mean.x - $0.x, $0.mean.y - $0.y), Point($0.mean.x + $0.x, $0.mean.y + $0.y)]
                })
    }

    /// All of `points`, and a fifth more.
    fileprivate init(around points: [Point]) {
        let (x, y) = (points.map(\.x), points.map(\.y))
        let (left, right, bottom, top) = (x.min() ?? 0, x.max() ?? 0, y.min() ?? 0, y.max() ?? 0)
        let half = max(right - left, top - bottom) / 2
        self.init(
            centre: Point((left + right) / 2, (bottom + top) / 2), halfExtent: half > 0 ? half * 1.2 : 1)
    }
}
