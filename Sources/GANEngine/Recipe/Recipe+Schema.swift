extension Recipe {
    /// Throws unless this recipe can be run: every setting in range, every edit known, in order and allowed, and
    /// the settings after each edit consistent.
    public func validate() throws(RecipeError) {
        guard timeline.count <= Bounds.edits else {
            throw RecipeError(
                .tooLarge, at: "timeline",
                "a timeline holds at most \(Bounds.edits) edits; got \(timeline.count)")
        }
        try settings.target.validate(at: "target")
        try settings.validate()
        var settings = settings
        var previous = 0
        for (index, edit) in timeline.enumerated() {
            guard Bounds.steps.contains(edit.step), edit.step >= previous else {
                throw RecipeError(
                    .unorderedTimeline, at: "timeline",
                    "edit \(index) is at step \(edit.step); steps must not decrease, nor leave "
                        + "0 to \(Bounds.steps.upperBound)")
            }
            previous = edit.step
            try settings.apply(edit.change)
            let isLastOfItsStep = index + 1 == timeline.count || timeline[index + 1].step != edit.step
            if isLastOfItsStep { try settings.validate() }
        }
    }

    /// The settings in force at a step: those it started from and every edit up to and including that step.
    public func settings(at step: Int) throws(RecipeError) -> Settings {
        var result = settings
        for edit in timeline where edit.step <= step { try result.apply(edit.change) }
        return result
    }
}

extension Settings {
    /// Makes a change that a running experiment can take; one that would restart it is refused.
    public mutating func apply(_ change: Change) throws(RecipeError) {
        switch change {
        case .set(let path, let value): try setWhileRunning(path, to: value)
        case .draw(let stroke): try draw(stroke)
        case .only: break
        }
    }

    private mutating func draw(_ stroke: Stroke) throws(RecipeError) {
        let drawn = target.adding(stroke)
        try drawn.validate(at: "target")
        target = drawn
    }

    private mutating func setWhileRunning(_ path: String, to value: Value) throws(RecipeError) {
        if let field = Schema.field(path), field.restarts {
            throw RecipeError(
                .contradiction, at: path,
                "\(path) starts the experiment anew, so it cannot stand in a timeline")
        }
        try set(path, to: value)
    }
}

extension Recipe: Codable {
    private enum Key: String, CodingKey { case version, settings, timeline }

    /// What is left out has the default of the recipe's version, which is the first where none is given: so were
    /// recipes written before there was a second.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let number = try container.decodeIfPresent(Int.self, forKey: .version) ?? RecipeVersion.first.rawValue
        guard let version = RecipeVersion(rawValue: number) else {
            throw RecipeError(
                .malformed, at: "version",
                "this lab reads recipes up to version \(RecipeVersion.current.rawValue); got \(number)")
        }
        var settings = Settings(version)
        if container.contains(.settings), try !container.decodeNil(forKey: .settings) {
            try settings.read(from: container.superDecoder(forKey: .settings))
        }
        self.init(
            settings: settings,
            timeline: try container.decodeIfPresent([Edit].self, forKey: .timeline) ?? [])
        try validate()
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(RecipeVersion.current.rawValue, forKey: .version)
        try container.encode(settings, forKey: .settings)
        try container.encode(timeline, forKey: .timeline)
    }
}

extension Edit: Codable {
    private enum Key: String, CodingKey { case step, set, to, only, draw }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let step = try container.decode(Int.self, forKey: .step)
        if let path = try container.decodeIfPresent(String.self, forKey: .set) {
            let value = try container.decode(Value.self, forKey: .to)
            self.init(step: step, change: .set(path: path, value: value))
        } else if let stroke = try container.decodeIfPresent(Stroke.self, forKey: .draw) {
            self.init(step: step, change: .draw(stroke))
        } else {
            let name = try container.decode(String.self, forKey: .only)
            guard let player = Player(rawValue: name) else {
                throw RecipeError(
                    .malformed, at: "timeline",
                    "only must be generator or discriminator; got “\(name.excerpt(40))”")
            }
            self.init(step: step, change: .only(player))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(step, forKey: .step)
        switch change {
        case .set(let path, let value):
            try container.encode(path, forKey: .set)
            try container.encode(value, forKey: .to)
        case .only(let player):
            try container.encode(player.rawValue, forKey: .only)
        case .draw(let stroke):
            try container.encode(stroke, forKey: .draw)
        }
    }
}
