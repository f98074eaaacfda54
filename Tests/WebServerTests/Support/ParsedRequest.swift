import WebServer

/// A request as the parser tells it.
struct ParsedRequest: Equatable {
    var method: String
    var target: String
    var headers: [String]
    var body: String
    var trailers: [String]
    var keepsAlive: Bool
}

/// What became of some bytes.
struct ParseResult: Equatable {
    var requests: [ParsedRequest] = []
    /// The status with which the rest was refused.
    var refusal: Int?
    /// Bytes that were waiting for more.
    var isIncomplete = false
}

/// Feeds a parser as a connection does: what is not understood yet is offered again with more behind it.
func parse(_ pieces: [ArraySlice<UInt8>], limits: RequestParser.Limits = .init()) -> ParseResult {
    var parser = RequestParser(limits: limits)
    var result = ParseResult()
    var held: [UInt8] = []
    var head = RequestHead()
    var body: [UInt8] = []
    for piece in pieces {
        held += piece
        var position = 0
        do throws(HTTPError) {
            while let event = try next(&parser, held, &position) {
                switch event {
                case .head(let parsed):
                    head = parsed
                    _ = try RequestTarget(head.target, method: head.method)
                case .body(let range): body += held[range]
                case .end(let trailers):
                    result.requests.append(
                        ParsedRequest(
                            method: head.method.name, target: head.target, headers: lines(head.headers),
                            body: String(decoding: body, as: UTF8.self), trailers: lines(trailers),
                            keepsAlive: head.keepsAlive))
                    body = []
                }
            }
        } catch {
            result.refusal = error.status.code
            return result
        }
        held.removeFirst(position)
    }
    result.isIncomplete = parser.isInsideRequest
    return result
}

private func next(
    _ parser: inout RequestParser, _ input: [UInt8], _ position: inout Int
) throws(HTTPError) -> RequestParser.Event? {
    // A copy with an address: the closures of the standard library do not keep the type of an error.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: input.count, alignment: 1)
    defer { buffer.deallocate() }
    buffer.copyBytes(from: input)
    return try parser.next(in: UnsafeRawBufferPointer(buffer), from: &position)
}

private func lines(_ headers: Headers) -> [String] { headers.all.map { "\($0.name): \($0.value)" } }
