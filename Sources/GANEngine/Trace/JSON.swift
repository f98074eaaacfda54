/// JSON text, for the little that the engine writes by itself. Numbers are printed so that they read back
/// unchanged.
indirect enum JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, CustomStringConvertible {
    case object([(String, JSON)])
    case array([JSON])
    case text(String)
    case number(String)

    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number("\(value)") }
    init(_ value: Int) { self = .number("\(value)") }
    init(_ value: Float) { self = .number("\(value)") }
    init(_ value: Double) { self = .number("\(value)") }
    init(_ values: some Sequence<Float>) { self = .array(values.map { JSON($0) }) }
    init(_ rows: [[Float]]) { self = .array(rows.map { JSON($0) }) }

    var description: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .text(let value): text += "\"\(value)\""
        case .number(let digits): text += digits
        case .array(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += "," }
                item.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                text += index > 0 ? ",\"\(member.0)\":" : "\"\(member.0)\":"
                member.1.write(to: &text)
            }
            text += "}"
        }
    }
}
