import GANEngine

/// One setting as the page is told it, so that it can build the control.
struct FieldDocument: Encodable {
    let field: Field
    let standard: Value?

    private enum Key: String, CodingKey {
        case path, group, label, help, formula, kind, min, max, logarithmic, zero, choices, layers, neurons
        case `default`, restarts, needs
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(field.path, forKey: .path)
        try container.encode(field.group.rawValue, forKey: .group)
        try container.encode(field.label, forKey: .label)
        try container.encode(field.help, forKey: .help)
        try container.encodeIfPresent(field.formula, forKey: .formula)
        try container.encodeIfPresent(standard, forKey: .default)
        try container.encode(field.restarts, forKey: .restarts)
        try container.encodeIfPresent(field.need.map(NeedDocument.init), forKey: .needs)
        try encode(field.kind, to: &container)
    }

    private func encode(_ kind: FieldKind, to container: inout KeyedEncodingContainer<Key>) throws {
        switch kind {
        case .integer(let range):
            try container.encode("integer", forKey: .kind)
            try container.encode(range.lowerBound, forKey: .min)
            try container.encode(range.upperBound, forKey: .max)
        case .number(let range, let logarithmic, let zero):
            try container.encode("number", forKey: .kind)
            try container.encode(range.lowerBound, forKey: .min)
            try container.encode(range.upperBound, forKey: .max)
            try container.encode(logarithmic, forKey: .logarithmic)
            try container.encode(zero, forKey: .zero)
        case .flag:
            try container.encode("flag", forKey: .kind)
        case .choice(let choices):
            try container.encode("choice", forKey: .kind)
            try container.encode(choices.map(ChoiceDocument.init), forKey: .choices)
        case .widths(let layers, let neurons):
            try container.encode("widths", forKey: .kind)
            try container.encode([layers.lowerBound, layers.upperBound], forKey: .layers)
            try container.encode([neurons.lowerBound, neurons.upperBound], forKey: .neurons)
        case .target:
            try container.encode("target", forKey: .kind)
        }
    }
}

/// The setting that this one depends on, and the values under which it counts; none means any but 0.
private struct NeedDocument: Encodable {
    let path: String
    let values: [String]

    init(_ need: Need) {
        path = need.path
        values = need.values
    }
}

/// One value of a closed set.
private struct ChoiceDocument: Encodable {
    let value: String
    let label: String
    let help: String
    let formula: String?
    let companions: [String: Value]

    init(_ choice: Choice) {
        value = choice.value
        label = choice.label
        help = choice.help
        formula = choice.formula
        companions = choice.companions
    }
}
