import Glibc

/// Reads HTTP/1.x requests from bytes as they come (RFC 9112): bytes in, events out, no I/O.
///
///     var parser = RequestParser(limits: .init())
///     var used = 0
///     while let event = try parser.next(in: bytes, from: &used) { … }
///     // keep bytes[used...] and call again with more behind them
///
/// Stricter than the letter where leniency lets requests be smuggled: lines end in CRLF and nothing else, framing
/// fields come once, and a message that is framed twice is refused.
package struct RequestParser {
    /// How much of each part is accepted.
    package struct Limits: Sendable {
        /// Bytes in the request line: 414 beyond.
        package var requestLine: Int
        /// Bytes in all field lines: 431 beyond.
        package var headerBytes: Int
        /// Field lines: 431 beyond.
        package var headerFields: Int
        /// Bytes of content: 413 beyond, unless `limitContent` says otherwise.
        package var body: Int

        package init(
            requestLine: Int = 8192, headerBytes: Int = 16_384, headerFields: Int = 100, body: Int = 1 << 20
        ) {
            (self.requestLine, self.headerBytes, self.headerFields, self.body) = (
                requestLine, headerBytes, headerFields, body
            )
        }
    }

    package enum Event {
        /// The header section is complete.
        case head(RequestHead)
        /// Some bytes of content: a range of the input.
        case body(Range<Int>)
        /// The message is complete; trailers if it was chunked.
        case end(trailers: Headers)
    }

    private enum State {
        case requestLine
        case fields
        case fixedBody(remaining: Int)
        case chunkSize
        case chunkData(remaining: Int)
        case chunkEnd
        case trailers
        case end
    }

    package let limits: Limits
    private var state = State.requestLine
    /// The request under way, as far as it has been read.
    package private(set) var head = RequestHead()
    private var framing = FramingFields()
    private var trailers = Headers()
    private var bodyLimit: Int
    private var bodyCount = 0
    private var extensionBytes = 0
    private var headerCount = 0
    private var emptyLines = 0
    /// Bytes of the current line that are known to hold no LF.
    private var scanned = 0

    package init(limits: Limits) {
        self.limits = limits
        bodyLimit = limits.body
    }

    /// Whether a request has begun and is not complete.
    package var isInsideRequest: Bool {
        if case .requestLine = state { scanned > 0 } else { true }
    }

    /// Whether the request under way is HEAD, as far as it has been read: even a refusal then has no content.
    package var isHead: Bool { head.method == .head }

    /// Whether the header section is still being read.
    package var isInsideHead: Bool {
        switch state {
        case .requestLine, .fields: true
        default: false
        }
    }

    /// Sets how many bytes of content the request under way may have, once its head is known; refuses it if more were
    /// announced.
    package mutating func limitContent(to limit: Int) throws(HTTPError) {
        bodyLimit = limit
        if case .fixedBody(let length) = state, length > limit { throw tooMuchContent }
    }

    private var tooMuchContent: HTTPError {
        HTTPError(.contentTooLarge, "the content is longer than \(bodyLimit) bytes")
    }

    /// The next event in `input` from `position` on, which moves past what was understood; nil if more is needed.
    package mutating func next(in input: UnsafeRawBufferPointer, from position: inout Int) throws(HTTPError)
        -> Event?
    {
        while true {
            switch state {
            case .requestLine:
                guard let line = try requestLine(in: input, from: &position) else {
                    try checkFirstByte(in: input, at: position)
                    return nil
                }
                if line.isEmpty { try skipEmptyLine() } else { try readRequestLine(line) }
            case .fields:
                guard let line = try fieldLine(in: input, from: &position) else { return nil }
                if line.isEmpty { return .head(try finishHead()) }
                try FieldLine(line).read(into: &head.headers, &framing)
            case .fixedBody(let remaining):
                guard remaining <= bodyLimit else { throw tooMuchContent }
                guard let content = content(remaining, in: input, from: &position) else { return nil }
                let left = remaining - content.count
                state = left == 0 ? .end : .fixedBody(remaining: left)
                return .body(content)
            case .chunkSize:
                guard let line = try line(in: input, from: &position, limit: 1024, over: .badRequest) else {
                    return nil
                }
                let (size, extensionCount) = try ChunkSize.parse(line)
                extensionBytes += extensionCount
                guard extensionBytes <= limits.headerBytes else {
                    throw HTTPError(.contentTooLarge, "the chunk extensions are too large")
                }
                guard size <= bodyLimit - bodyCount else { throw tooMuchContent }
                bodyCount += size
                state = size == 0 ? .trailers : .chunkData(remaining: size)
                headerCount = 0
            case .chunkData(let remaining):
                guard let content = content(remaining, in: input, from: &position) else { return nil }
                let left = remaining - content.count
                state = left == 0 ? .chunkEnd : .chunkData(remaining: left)
                return .body(content)
            case .chunkEnd:
                let available = input.count - position
                if available > 0, input[position] != 13 || (available > 1 && input[position + 1] != 10) {
                    throw .badRequest("chunk data is not followed by CRLF")
                }
                guard available >= 2 else { return nil }
                position += 2
                state = .chunkSize
            case .trailers:
                guard let line = try fieldLine(in: input, from: &position) else { return nil }
                if line.isEmpty { state = .end } else { try FieldLine(line).read(into: &trailers) }
            case .end:
                let trailers = trailers
                self = RequestParser(limits: limits)
                return .end(trailers: trailers)
            }
        }
    }

    /// As much of the `remaining` bytes of content as there is; nil for nothing.
    private func content(
        _ remaining: Int, in input: UnsafeRawBufferPointer, from position: inout Int
    ) -> Range<Int>? {
        let count = min(remaining, input.count - position)
        guard count > 0 else { return nil }
        defer { position += count }
        return position..<position + count
    }

    // MARK: Lines

    /// The line at `position` without its CRLF, or nil if it is not complete. LF alone and CR alone are refused:
    /// two parsers that disagree about them can be made to see different requests.
    private mutating func line(
        in input: UnsafeRawBufferPointer, from position: inout Int, limit: Int, over status: Status
    ) throws(HTTPError) -> UnsafeRawBufferPointer? {
        let start = position + scanned
        let available = input.count - start
        guard available > 0, let found = memchr(input.baseAddress! + start, 10, available) else {
            // Refused now, since the line may never be completed: only the last byte can still get its LF.
            let first = max(position, start - 1)
            guard !input[first..<max(first, input.count - 1)].contains(13) else {
                throw .badRequest("a line holds CR without LF")
            }
            scanned = input.count - position
            if scanned > limit { throw Self.tooLong(status) }
            return nil
        }
        let end = input.baseAddress!.distance(to: found)
        guard end - position <= limit else { throw Self.tooLong(status) }
        guard end > position, input[end - 1] == 13 else { throw .badRequest("a line ends in LF without CR") }
        let line = UnsafeRawBufferPointer(rebasing: input[position..<end - 1])
        position = end + 1
        scanned = 0
        return line
    }

    private static func tooLong(_ status: Status) -> HTTPError {
        switch status {
        case .notImplemented: HTTPError(status, "the method is longer than any")
        case .uriTooLong: HTTPError(status, "the request line is too long")
        case .headersTooLarge: HTTPError(status, "the header fields are too large")
        default: HTTPError(status, "a chunk header is too long")
        }
    }

    /// What is too long is the target, unless that has not even begun (RFC 9112 §3).
    private mutating func requestLine(
        in input: UnsafeRawBufferPointer, from position: inout Int
    ) throws(HTTPError) -> UnsafeRawBufferPointer? {
        let limit = limits.requestLine
        let isLong = input.count - position > limit
        let hasTarget = !isLong || input[position...].prefix(limit).contains(0x20)
        return try line(
            in: input, from: &position, limit: limit, over: hasTarget ? .uriTooLong : .notImplemented)
    }

    private mutating func fieldLine(
        in input: UnsafeRawBufferPointer, from position: inout Int
    ) throws(HTTPError) -> UnsafeRawBufferPointer? {
        let used: Int
        if case .trailers = state { used = trailers.wire.count } else { used = head.headers.wire.count }
        guard
            let line = try line(
                in: input, from: &position, limit: limits.headerBytes - used, over: .headersTooLarge)
        else { return nil }
        if !line.isEmpty {
            headerCount += 1
            if headerCount > limits.headerFields {
                throw HTTPError(.headersTooLarge, "there are more than \(limits.headerFields) header fields")
            }
        }
        return line
    }

    /// What cannot begin a request is refused at once: a TLS client would otherwise wait for the timeout.
    private func checkFirstByte(in input: UnsafeRawBufferPointer, at position: Int) throws(HTTPError) {
        guard position < input.count, !ASCII.isToken(input[position]), input[position] != 13 else { return }
        throw .badRequest("a request begins with a method")
    }

    /// Empty lines before a request are skipped (RFC 9112 §2.2), but not for ever.
    private mutating func skipEmptyLine() throws(HTTPError) {
        emptyLines += 1
        if emptyLines > 4 { throw .badRequest("too many empty lines before the request") }
    }

    // MARK: Head

    /// `method SP request-target SP HTTP-version`, with single spaces (RFC 9112 §3).
    private mutating func readRequestLine(_ line: UnsafeRawBufferPointer) throws(HTTPError) {
        guard let methodEnd = line.firstIndex(of: 0x20), methodEnd > 0,
            line[..<methodEnd].allSatisfy(ASCII.isToken)
        else { throw .badRequest("the request line does not begin with a method and a space") }
        guard let targetEnd = line.lastIndex(of: 0x20), targetEnd > methodEnd + 1 else {
            throw .badRequest("the request line is not: method, target, version")
        }
        let target = UnsafeRawBufferPointer(rebasing: line[(methodEnd + 1)..<targetEnd])
        guard target.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw .badRequest("the request target holds a character that a URI does not allow")
        }
        head.minorVersion = try Self.minorVersion(UnsafeRawBufferPointer(rebasing: line[(targetEnd + 1)...]))
        head.method = Method(UnsafeRawBufferPointer(rebasing: line[..<methodEnd]))
        head.target = String(decoding: target, as: UTF8.self)
        state = .fields
    }

    private static func minorVersion(_ text: UnsafeRawBufferPointer) throws(HTTPError) -> Int {
        guard text.count == 8, text.starts(with: "HTTP/".utf8), ASCII.isDigit(text[5]),
            text[6] == UInt8(ascii: "."), ASCII.isDigit(text[7])
        else { throw .badRequest("the request line does not end in HTTP/1.1") }
        guard text[5] == UInt8(ascii: "1") else {
            throw HTTPError(.versionNotSupported, "this server speaks HTTP/1.1")
        }
        return min(1, Int(text[7] - 0x30))
    }

    /// The header section is complete: checks what only the whole can tell.
    private mutating func finishHead() throws(HTTPError) -> RequestHead {
        head.host = try framing.host(minorVersion: head.minorVersion)
        head.framing = try framing.framing(minorVersion: head.minorVersion)
        head.keepsAlive = framing.keepsAlive(minorVersion: head.minorVersion)
        // HTTP/1.0 has no expectations (RFC 9110 §10.1.1).
        head.expectsContinue = framing.expectsContinue && head.minorVersion == 1
        head.hasUnknownExpectation = framing.hasUnknownExpectation && head.minorVersion == 1
        switch head.framing {
        case .none: state = .end
        case .chunked: state = .chunkSize
        case .length(let length): state = length == 0 ? .end : .fixedBody(remaining: length)
        }
        return head
    }
}
