/// Reads what field values and chunk extensions are made of, one element after the other (RFC 9110 §5.6).
struct FieldScanner {
    private var rest: Slice<UnsafeRawBufferPointer>

    init(_ bytes: UnsafeRawBufferPointer) { rest = bytes[...] }

    init(_ bytes: Slice<UnsafeRawBufferPointer>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// Whether `mark` comes next.
    func isBefore(_ mark: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: mark) }

    /// Moves past `mark`, if it comes next.
    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard isBefore(mark) else { return false }
        rest.removeFirst()
        return true
    }

    /// Moves past spaces and tabs.
    mutating func skipBlanks() {
        while let byte = rest.first, ASCII.isBlank(byte) { rest.removeFirst() }
    }

    /// The token that comes next; nil if there is none.
    mutating func token() -> String? {
        let token = rest.prefix(while: ASCII.isToken)
        guard !token.isEmpty else { return nil }
        rest.removeFirst(token.count)
        return String(decoding: token, as: UTF8.self)
    }

    /// The quoted string that comes next, without its quotation marks and backslashes; nil if there is none.
    mutating func quoted() -> String? {
        guard skip("\"") else { return nil }
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            let character = byte == UInt8(ascii: "\\") ? rest.popFirst() : byte
            guard let character, ASCII.isFieldContent(character) else { return nil }
            text.append(character)
        }
        return nil
    }
}
