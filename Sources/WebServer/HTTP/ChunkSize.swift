/// The line before a chunk: `chunk-size [ chunk-ext ]` (RFC 9112 §7.1).
enum ChunkSize {
    /// The size; extensions are checked and ignored.
    static func parse(_ line: UnsafeRawBufferPointer) throws(HTTPError) -> Int {
        var size = 0
        var index = 0
        while index < line.count, let digit = ASCII.hexValue(line[index]) {
            // Four more bits must fit, whatever they are; no content is that long. Zeros in front are no size.
            guard size < 1 << 59 else { throw .badRequest("a chunk size has too many digits") }
            size = size << 4 | Int(digit)
            index += 1
        }
        guard index > 0 else { throw .badRequest("a chunk does not begin with its size") }
        guard isExtension(line[index...]) else { throw .badRequest("a chunk extension is malformed") }
        return size
    }

    /// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`
    private static func isExtension(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        var rest = text
        while !rest.isEmpty {
            skipBlanks(&rest)
            guard rest.popFirst() == UInt8(ascii: ";") else { return false }
            skipBlanks(&rest)
            guard skipToken(&rest) else { return false }
            let beforeValue = rest
            skipBlanks(&rest)
            guard rest.first == UInt8(ascii: "=") else {
                rest = beforeValue
                continue
            }
            rest.removeFirst()
            skipBlanks(&rest)
            guard rest.first == UInt8(ascii: "\"") ? skipQuoted(&rest) : skipToken(&rest) else {
                return false
            }
        }
        return true
    }

    private static func skipBlanks(_ rest: inout Slice<UnsafeRawBufferPointer>) {
        while let byte = rest.first, ASCII.isBlank(byte) { rest.removeFirst() }
    }

    private static func skipToken(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        let before = rest.count
        while let byte = rest.first, ASCII.isToken(byte) { rest.removeFirst() }
        return rest.count < before
    }

    private static func skipQuoted(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
        rest.removeFirst()
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return true }
            guard ASCII.isFieldContent(byte) else { return false }
            if byte == UInt8(ascii: "\\") {
                guard let escaped = rest.popFirst(), ASCII.isFieldContent(escaped) else { return false }
            }
        }
        return false
    }
}
