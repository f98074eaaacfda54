/// Header fields in the order they were sent; names compare without case (RFC 9110 §5).
///
/// They are kept as they stand on the wire, so that parsing a request and sending a response copy each field once
/// and allocate twice, however many there are.
public struct Headers: Sendable, ExpressibleByDictionaryLiteral {
    private struct Field {
        var start: Int
        var nameLength: Int
        var valueStart: Int
        var valueEnd: Int
        var end: Int
    }

    /// `Name: value\r\n` again and again.
    private(set) var wire: [UInt8] = []
    private var fields: [Field] = []

    /// No fields.
    public init() {}

    /// Fields in the order of the literal; a name may come twice.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }

    /// How many fields there are.
    public var count: Int { fields.count }

    /// Whether there is none.
    public var isEmpty: Bool { fields.isEmpty }

    /// The value of the first field called `name`; setting replaces all of that name, nil removes them.
    public subscript(name: String) -> String? {
        get { firstIndex(of: name).map(value) }
        set {
            remove(name)
            if let newValue { add(name, newValue) }
        }
    }

    /// The values of all fields called `name`, in order.
    public func values(of name: String) -> [String] {
        fields.indices.filter { matches($0, name) }.map(value)
    }

    /// The value of the field called `name`, which is no list, so that two of them say nothing (RFC 9110 §5.3).
    func single(_ name: String) -> String? {
        let values = values(of: name)
        return values.count == 1 ? values[0] : nil
    }

    /// All fields, in order.
    public var all: [(name: String, value: String)] {
        fields.indices.map { index in
            let field = fields[index]
            let name = wire[field.start..<field.start + field.nameLength]
            return (String(decoding: name, as: UTF8.self), value(index))
        }
    }

    /// Adds a field after the others. Control characters, which could forge further fields, become spaces.
    public mutating func add(_ name: String, _ value: String) {
        let start = wire.count
        wire.append(contentsOf: name.utf8.lazy.map { ASCII.isToken($0) ? $0 : UInt8(ascii: "_") })
        let nameLength = wire.count - start
        wire.append(UInt8(ascii: ":"))
        wire.append(UInt8(ascii: " "))
        let valueStart = wire.count
        wire.append(contentsOf: value.utf8.lazy.map { ASCII.isFieldContent($0) ? $0 : UInt8(ascii: " ") })
        fields.append(
            Field(
                start: start, nameLength: nameLength, valueStart: valueStart, valueEnd: wire.count,
                end: wire.count + 2))
        wire.append(13)
        wire.append(10)
    }

    /// Whether there is a field called `name`.
    public func has(_ name: String) -> Bool { firstIndex(of: name) != nil }

    /// Removes every field called `name`.
    public mutating func remove(_ name: String) {
        guard has(name) else { return }
        var rest = Headers()
        for index in fields.indices where !matches(index, name) {
            let field = fields[index]
            wire.withUnsafeBytes { bytes in
                rest.addLine(
                    .init(rebasing: bytes[field.start..<field.end]), nameLength: field.nameLength,
                    value: field.valueStart - field.start..<field.valueEnd - field.start)
            }
        }
        self = rest
    }

    /// Whether a comma-separated list field has `token` among its members, without regard to case.
    public func contains(_ token: String, in name: String) -> Bool {
        fields.indices.contains { index in
            matches(index, name) && ASCII.list(value(index)).contains { ASCII.equalIgnoringCase($0, token) }
        }
    }

    /// Takes a field line as it came, with its CRLF; the caller has checked it.
    mutating func addLine(_ line: UnsafeRawBufferPointer, nameLength: Int, value: Range<Int>) {
        let start = wire.count
        wire.append(contentsOf: line)
        fields.append(
            Field(
                start: start, nameLength: nameLength, valueStart: start + value.lowerBound,
                valueEnd: start + value.upperBound, end: start + line.count))
    }

    private func firstIndex(of name: String) -> Int? { fields.indices.first { matches($0, name) } }

    private func matches(_ index: Int, _ name: String) -> Bool {
        let field = fields[index]
        let utf8 = name.utf8
        guard field.nameLength == utf8.count else { return false }
        var position = field.start
        for byte in utf8 {
            guard ASCII.lowercased(byte) == ASCII.lowercased(wire[position]) else { return false }
            position += 1
        }
        return true
    }

    private func value(_ index: Int) -> String {
        String(decoding: wire[fields[index].valueStart..<fields[index].valueEnd], as: UTF8.self)
    }
}
