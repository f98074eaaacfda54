/// The line before a chunk: `chunk-size [ chunk-ext ]` (RFC 9112 §7.1).
enum ChunkSize {
    /// The size, and how many bytes of extensions follow it; those are checked and ignored.
    static func parse(_ line: UnsafeRawBufferPointer) throws(HTTPError) -> (size: Int, extensionCount: Int) {
        var size = 0
        var index = 0
        while index < line.count, let digit = ASCII.hexValue(line[index]) {
            // Four more bits must fit, whatever they are; no content is that long. Zeros in front are no size.
            guard size < 1 << 59 else { throw .badRequest("a chunk size has too many digits") }
            size = size << 4 | Int(digit)
            index += 1
        }
        guard index > 0 else { throw .badRequest("a chunk does not begin with its size") }
        guard areExtensions(line[index...]) else { throw .badRequest("a chunk extension is malformed") }
        return (size, line.count - index)
    }

    /// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`
    private static func areExtensions(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        var scanner = FieldScanner(text)
        while !scanner.isAtEnd {
            scanner.skipBlanks()
            guard scanner.skip(";") else { return false }
            scanner.skipBlanks()
            guard scanner.token() != nil else { return false }
            let beforeValue = scanner
            scanner.skipBlanks()
            guard scanner.skip("=") else {
                scanner = beforeValue
                continue
            }
            scanner.skipBlanks()
            guard (scanner.isBefore("\"") ? scanner.quoted() : scanner.token()) != nil else { return false }
        }
        return true
    }
}
