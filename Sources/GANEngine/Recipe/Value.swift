/// A setting's value, as it travels in JSON.
public enum Value: Hashable, Sendable {
    case number(Double)
    case flag(Bool)
    case text(String)
    case integers([Int])
    case target(Target)
}

extension Value: CustomStringConvertible {
    /// How an error message and a tick on the timeline show the value.
    public var description: String {
        switch self {
        case .number(let number): Value.short(number)
        case .flag(let flag): flag ? "on" : "off"
        case .text(let text): "“\(text.excerpt(40))”"
        case .integers(let integers):
            "[" + integers.prefix(12).map(String.init).joined(separator: ", ")
                + (integers.count > 12 ? ", …]" : "]")
        case .target(let target): target.summary
        }
    }

    /// A whole number without its ".0".
    static func short(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}

extension Value: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let integers = try? container.decode([Int].self) {
            self = .integers(integers)
        } else {
            self = .target(try container.decode(Target.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number):
            // A whole number without its ".0", but for the zero that has a sign.
            if let whole = Int(exactly: number), whole != 0 || number.sign == .plus {
                try container.encode(whole)
            } else {
                try container.encode(number)
            }
        case .flag(let flag): try container.encode(flag)
        case .text(let text): try container.encode(text)
        case .integers(let integers): try container.encode(integers)
        case .target(let target): try container.encode(target)
        }
    }
}
