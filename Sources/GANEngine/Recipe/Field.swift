/// One setting: its name, range and help, and how to read and write it.
public struct Field: Sendable {
    /// Dotted name, as in `generator.optimizer.learningRate`. Never changes once published: links hold it.
    public let path: String
    /// What a person calls it, in two or three words.
    public let label: String
    /// One sentence for a student.
    public let help: String
    /// The formula behind it in plain Unicode, or nil.
    public let formula: String?
    /// The values it takes.
    public let kind: FieldKind
    /// Whether a change starts the experiment anew, because it changes a network's shape or the data.
    public let restarts: Bool
    /// What another setting must be for this one to make any difference; nil if it always does.
    public private(set) var need: Need?

    let read: @Sendable (Settings) -> Value
    let write: @Sendable (inout Settings, Value) throws(RecipeError) -> Void

    /// Where the setting belongs: the first part of its path.
    public var group: FieldGroup {
        FieldGroup(rawValue: String(path.prefix { $0 != "." })) ?? .experiment
    }
}

/// A setting that another one depends on.
public struct Need: Hashable, Sendable {
    /// The other setting.
    public let path: String
    /// The values under which the dependent one counts; none means any but 0.
    public let values: [String]

    /// Whether it is met.
    public func isMet(by settings: Settings) -> Bool {
        switch settings.value(at: path) {
        case .text(let text): values.contains(text)
        case .number(let number): number != 0
        default: false
        }
    }
}

/// Where a setting belongs.
public enum FieldGroup: String, CaseIterable, Hashable, Sendable {
    case experiment, noise, generator, discriminator, loss, penalty
}

/// What values a setting takes.
public enum FieldKind: Hashable, Sendable {
    case integer(ClosedRange<Int>)
    /// `logarithmic` says how a slider should move. `zero` allows 0, meaning off, beside the range.
    case number(ClosedRange<Double>, logarithmic: Bool, zero: Bool)
    case flag
    case choice([Choice])
    /// Neurons per hidden layer.
    case widths(layers: ClosedRange<Int>, neurons: ClosedRange<Int>)
    case target
}

/// One value of a closed set.
public struct Choice: Hashable, Sendable {
    /// Its name in recipes and links. Never changes once published.
    public let value: String
    /// What a person calls it.
    public let label: String
    /// One sentence for a student.
    public let help: String
    /// The formula behind it in plain Unicode, or nil.
    public let formula: String?
    /// Settings that should change along with this choice, such as Wasserstein's weight clip.
    public let companions: [String: Value]
}

extension Choosable {
    static var choices: [Choice] {
        allCases.map { choice in
            let about = choice.about
            return Choice(
                value: choice.rawValue, label: about.label, help: about.help, formula: about.formula,
                companions: about.companions.mapValues(Value.number))
        }
    }
}

// MARK: - One constructor for each kind

extension Field {
    /// The same setting, of no effect unless another one is one of these.
    func onlyUnder<Case: Choosable>(_ path: String, _ cases: [Case]) -> Field {
        var field = self
        field.need = Need(path: path, values: cases.map(\.rawValue))
        return field
    }

    /// The same setting, of no effect while another one is 0.
    func onlyWith(_ path: String) -> Field {
        var field = self
        field.need = Need(path: path, values: [])
        return field
    }

    static func integer(
        _ path: String, _ setting: WritableKeyPath<Settings, Int> & Sendable, _ range: ClosedRange<Int>,
        _ label: String, restarts: Bool = false, formula: String? = nil, _ help: String
    ) -> Field {
        Field(
            path: path, label: label, help: help, formula: formula, kind: .integer(range), restarts: restarts,
            read: { .number(Double($0[keyPath: setting])) },
            write: { settings, value throws(RecipeError) in
                guard case .number(let number) = value, let whole = Int(exactly: number) else {
                    throw RecipeError(.wrongType, at: path, "\(path) must be a whole number; got \(value)")
                }
                guard range.contains(whole) else {
                    throw RecipeError(
                        .outOfRange, at: path,
                        "\(path) must be between \(range.lowerBound) and \(range.upperBound); got \(whole)")
                }
                settings[keyPath: setting] = whole
            })
    }

    static func number(
        _ path: String, _ setting: WritableKeyPath<Settings, Double> & Sendable, _ range: ClosedRange<Double>,
        _ label: String, logarithmic: Bool = false, zero: Bool = false, formula: String? = nil, _ help: String
    ) -> Field {
        Field(
            path: path, label: label, help: help, formula: formula,
            kind: .number(range, logarithmic: logarithmic, zero: zero), restarts: false,
            read: { .number($0[keyPath: setting]) },
            write: { settings, value throws(RecipeError) in
                guard case .number(let number) = value else {
                    throw RecipeError(.wrongType, at: path, "\(path) must be a number; got \(value)")
                }
                guard number.isFinite else {
                    throw RecipeError(.notFinite, at: path, "\(path) must be a finite number")
                }
                guard range.contains(number) || (zero && number == 0) else {
                    let bounds =
                        "between \(Value.short(range.lowerBound)) and \(Value.short(range.upperBound))"
                    throw RecipeError(
                        .outOfRange, at: path,
                        "\(path) must be \(zero ? "0 or " : "")\(bounds); got \(value)")
                }
                settings[keyPath: setting] = number
            })
    }

    static func flag(
        _ path: String, _ setting: WritableKeyPath<Settings, Bool> & Sendable, _ label: String,
        restarts: Bool = false, formula: String? = nil, _ help: String
    ) -> Field {
        Field(
            path: path, label: label, help: help, formula: formula, kind: .flag, restarts: restarts,
            read: { .flag($0[keyPath: setting]) },
            write: { settings, value throws(RecipeError) in
                guard case .flag(let flag) = value else {
                    throw RecipeError(.wrongType, at: path, "\(path) must be true or false; got \(value)")
                }
                settings[keyPath: setting] = flag
            })
    }

    static func choice<Case: Choosable>(
        _ path: String, _ setting: WritableKeyPath<Settings, Case> & Sendable, _ label: String,
        restarts: Bool = false, _ help: String
    ) -> Field {
        Field(
            path: path, label: label, help: help, formula: nil, kind: .choice(Case.choices),
            restarts: restarts,
            read: { .text($0[keyPath: setting].rawValue) },
            write: { settings, value throws(RecipeError) in
                guard case .text(let text) = value, let choice = Case(rawValue: text) else {
                    let names = Case.allCases.map(\.rawValue).joined(separator: ", ")
                    throw RecipeError(
                        .wrongType, at: path, "\(path) must be one of \(names); got \(value)")
                }
                settings[keyPath: setting] = choice
            })
    }

    static func widths(
        _ path: String, _ setting: WritableKeyPath<Settings, [Int]> & Sendable, _ label: String,
        _ help: String
    ) -> Field {
        let (layers, neurons) = (Bounds.hiddenLayers, Bounds.neurons)
        return Field(
            path: path, label: label, help: help, formula: nil,
            kind: .widths(layers: layers, neurons: neurons),
            restarts: true,
            read: { .integers($0[keyPath: setting]) },
            write: { settings, value throws(RecipeError) in
                guard case .integers(let widths) = value else {
                    throw RecipeError(
                        .wrongType, at: path,
                        "\(path) must be a list of whole numbers, one a layer; got \(value)")
                }
                guard layers.contains(widths.count), widths.allSatisfy(neurons.contains) else {
                    throw RecipeError(
                        .outOfRange, at: path,
                        "\(path) takes \(layers.lowerBound) to \(layers.upperBound) layers "
                            + "of \(neurons.lowerBound) to \(neurons.upperBound) neurons; got \(value)")
                }
                settings[keyPath: setting] = widths
            })
    }

    static func target(
        _ path: String, _ setting: WritableKeyPath<Settings, Target> & Sendable, _ label: String,
        _ help: String
    ) -> Field {
        Field(
            path: path, label: label, help: help, formula: nil, kind: .target, restarts: true,
            read: { Value($0[keyPath: setting]) },
            write: { settings, value throws(RecipeError) in
                let target: Target
                switch value {
                case .target(let value):
                    target = value
                case .text(let name):
                    guard let named = NamedTarget(rawValue: name) else {
                        let names = NamedTarget.allCases.map(\.rawValue).joined(separator: ", ")
                        throw RecipeError(
                            .outOfRange, at: path, "\(path) must be one of \(names); got \(value)")
                    }
                    target = .named(named)
                default:
                    throw RecipeError(
                        .wrongType, at: path,
                        "\(path) must be a name, a mixture, a drawing or points; got \(value)")
                }
                try target.validate(at: path)
                settings[keyPath: setting] = target
            })
    }
}

extension Value {
    /// A named target travels as its name, the others as what they hold.
    init(_ target: Target) {
        if case .named(let name) = target { self = .text(name.rawValue) } else { self = .target(target) }
    }
}
