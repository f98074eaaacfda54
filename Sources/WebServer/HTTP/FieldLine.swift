/// One line of a header or trailer section: `field-name ":" OWS field-value OWS` (RFC 9112 §5).
struct FieldLine {
    private let line: UnsafeRawBufferPointer
    private let nameEnd: Int
    private let value: Range<Int>

    /// Checks a line without its CRLF. The CRLF must follow it in memory.
    init(_ line: UnsafeRawBufferPointer) throws(HTTPError) {
        if ASCII.isBlank(line[0]) { throw .badRequest("a header line is folded") }
        var end = 0
        while end < line.count, ASCII.isToken(line[end]) { end += 1 }
        guard end > 0, end < line.count, line[end] == UInt8(ascii: ":") else {
            throw .badRequest("a header line does not begin with a name and a colon")
        }
        var first = end + 1
        var last = line.count
        while first < last, ASCII.isBlank(line[first]) { first += 1 }
        while last > first, ASCII.isBlank(line[last - 1]) { last -= 1 }
        var isValid = true
        for index in first..<last where !ASCII.isFieldContent(line[index]) { isValid = false }
        guard isValid else { throw .badRequest("a header value holds a control character") }
        self.line = line
        nameEnd = end
        value = first..<last
    }

    /// Adds the field to `headers`, and to `framing` if it is one of those.
    func read(into headers: inout Headers, _ framing: inout FramingFields) throws(HTTPError) {
        try framing.read(
            name: UnsafeRawBufferPointer(rebasing: line[..<nameEnd]),
            value: UnsafeRawBufferPointer(rebasing: line[value]))
        read(into: &headers)
    }

    /// Adds the field to `headers`.
    func read(into headers: inout Headers) {
        let withEnd = UnsafeRawBufferPointer(start: line.baseAddress, count: line.count + 2)
        headers.addLine(withEnd, nameLength: nameEnd, value: value)
    }
}
