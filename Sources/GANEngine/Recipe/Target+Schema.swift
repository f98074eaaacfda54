extension Target {
    /// How an error message and a tick on the timeline name it.
    var summary: String {
        switch self {
        case .named(let name): "“\(name.rawValue)”"
        case .mixture(let components): "a mixture of \(components.count)"
        case .drawing(let strokes): "a drawing of \(strokes.count) strokes"
        case .points(let points, _): "\(points.count) points"
        }
    }

    /// The drawing that this target becomes with one more stroke.
    func adding(_ stroke: Stroke) -> Target {
        guard case .drawing(let strokes) = self else { return .drawing([stroke]) }
        return .drawing(strokes + [stroke])
    }

    /// Throws unless what a visitor brought is within ``Bounds`` and can be sampled from.
    func validate(at path: String) throws(RecipeError) {
        switch self {
        case .named: break
        case .mixture(let components): try Self.validate(components, at: path)
        case .drawing(let strokes): try Self.validate(strokes, at: path)
        case .points(let points, let transform):
            try Self.require(Bounds.points, points.count, of: "points", at: path)
            try Self.validate(points, at: path)
            guard transform.isInvertible else {
                throw RecipeError(.outOfRange, at: path, "\(path): scale must be above 0 and offset finite")
            }
        }
    }

    private static func validate(_ components: [MixtureComponent], at path: String) throws(RecipeError) {
        try require(Bounds.mixtureComponents, components.count, of: "components", at: path)
        try validate(components.map(\.mean), at: path)
        for (index, component) in components.enumerated() {
            guard Bounds.variance.contains(component.varianceX), Bounds.variance.contains(component.varianceY)
            else {
                throw RecipeError(
                    .outOfRange, at: path,
                    "\(path): the variances of component \(index) must be between 0 and "
                        + "\(Value.short(Double(Bounds.variance.upperBound)))")
            }
            guard component.isPositiveSemidefinite else {
                throw RecipeError(
                    .outOfRange, at: path,
                    "\(path): the covariance of component \(index) must be positive semi-definite")
            }
            guard component.weight > 0, component.weight.isFinite else {
                throw RecipeError(
                    .outOfRange, at: path, "\(path): the weight of component \(index) must be above 0")
            }
        }
    }

    private static func validate(_ strokes: [Stroke], at path: String) throws(RecipeError) {
        try require(Bounds.strokes, strokes.count, of: "strokes", at: path)
        try require(
            1...Bounds.strokePoints, strokes.reduce(0) { $0 + $1.points.count }, of: "points", at: path)
        for (index, stroke) in strokes.enumerated() {
            guard !stroke.points.isEmpty else {
                throw RecipeError(.outOfRange, at: path, "\(path): stroke \(index) has no points")
            }
            guard Bounds.strokeWidth.contains(stroke.width) else {
                throw RecipeError(
                    .outOfRange, at: path,
                    "\(path): the width of stroke \(index) must be between \(Bounds.strokeWidth.lowerBound) "
                        + "and \(Bounds.strokeWidth.upperBound); got \(stroke.width)")
            }
            try validate(stroke.points, within: Bounds.strokeCoordinate, at: path)
        }
    }

    private static func validate(
        _ points: [Point], within bounds: ClosedRange<Float> = Bounds.coordinate, at path: String
    ) throws(RecipeError) {
        for (index, point) in points.enumerated()
        where !(bounds.contains(point.x) && bounds.contains(point.y)) {
            throw RecipeError(
                point.x.isFinite && point.y.isFinite ? .outOfRange : .notFinite, at: path,
                "\(path): point \(index) must lie between \(bounds.lowerBound) and \(bounds.upperBound)")
        }
    }

    private static func require(
        _ range: ClosedRange<Int>, _ count: Int, of things: String, at path: String
    ) throws(RecipeError) {
        guard range.contains(count) else {
            throw RecipeError(
                count > range.upperBound ? .tooLarge : .outOfRange, at: path,
                "\(path) takes \(range.lowerBound) to \(range.upperBound) \(things); got \(count)")
        }
    }
}

extension Transform {
    fileprivate var isInvertible: Bool {
        [scaleX, scaleY].allSatisfy { $0.isFinite && $0 > 0 } && offsetX.isFinite && offsetY.isFinite
    }
}

extension MixtureComponent {
    /// Whether its covariance matrix is one, up to the rounding of a covariance that was computed from the variances.
    fileprivate var isPositiveSemidefinite: Bool {
        let (x, y, both) = (Double(varianceX), Double(varianceY), Double(covariance))
        return both * both <= x * y * (1 + 1e-6)
    }
}

// MARK: - JSON

extension Target: Codable {
    private enum Key: String, CodingKey { case mixture, drawing, points, scale, offset }

    /// `"ring"`, `{"mixture": […]}`, `{"drawing": […]}` or `{"points": […], "scale": s, "offset": [x, y]}`, where the
    /// scale is one number or, with 64 bits as the offset then has, a list of two.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            var settings = Settings()
            try settings.set("target", to: .text(name))
            self = settings.target
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        if let components = try container.decodeIfPresent([MixtureComponent].self, forKey: .mixture) {
            self = .mixture(components)
        } else if let strokes = try container.decodeIfPresent([Stroke].self, forKey: .drawing) {
            self = .drawing(strokes)
        } else if let points = try container.decodeIfPresent([Point].self, forKey: .points) {
            self = .points(points, transform: try Self.transform(in: container))
        } else {
            throw RecipeError(
                .malformed, at: "target", "target must be a name, or hold a mixture, a drawing or points")
        }
        try validate(at: "target")
    }

    public func encode(to encoder: any Encoder) throws {
        if case .named(let name) = self {
            var container = encoder.singleValueContainer()
            return try container.encode(name.rawValue)
        }
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .named: break
        case .mixture(let components): try container.encode(components, forKey: .mixture)
        case .drawing(let strokes): try container.encode(strokes, forKey: .drawing)
        case .points(let points, let transform):
            try container.encode(points, forKey: .points)
            if let (scale, offset) = transform.uniform {
                try container.encode(scale, forKey: .scale)
                try container.encode(offset, forKey: .offset)
            } else {
                try container.encode([transform.scaleX, transform.scaleY], forKey: .scale)
                try container.encode([transform.offsetX, transform.offsetY], forKey: .offset)
            }
        }
    }

    private static func transform(in container: KeyedDecodingContainer<Key>) throws -> Transform {
        guard let scale = try? container.decode([Double].self, forKey: .scale) else {
            let scale = try container.decodeIfPresent(Float.self, forKey: .scale) ?? 1
            let offset = try container.decodeIfPresent(Point.self, forKey: .offset) ?? Point(0, 0)
            return Transform(scale: scale, offset: offset)
        }
        let offset = try container.decodeIfPresent([Double].self, forKey: .offset) ?? [0, 0]
        guard scale.count == 2, offset.count == 2 else {
            throw RecipeError(
                .malformed, at: "target", "scale and offset of points are lists of two numbers, x and y")
        }
        return Transform(scale: (scale[0], scale[1]), offset: (offset[0], offset[1]))
    }
}

extension Point: Codable {
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        self.init(try container.decode(Float.self), try container.decode(Float.self))
        guard container.isAtEnd else {
            throw RecipeError(.malformed, at: "target", "a point is a list of two numbers, x and y")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(x)
        try container.encode(y)
    }
}

extension MixtureComponent: Codable {
    private enum Key: String, CodingKey { case mean, variance, covariance, weight }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let variance = try container.decode(Point.self, forKey: .variance)
        self.init(
            mean: try container.decode(Point.self, forKey: .mean), varianceX: variance.x,
            varianceY: variance.y,
            covariance: try container.decodeIfPresent(Float.self, forKey: .covariance) ?? 0,
            weight: try container.decodeIfPresent(Float.self, forKey: .weight) ?? 1)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(mean, forKey: .mean)
        try container.encode(Point(varianceX, varianceY), forKey: .variance)
        try container.encode(covariance, forKey: .covariance)
        try container.encode(weight, forKey: .weight)
    }
}
