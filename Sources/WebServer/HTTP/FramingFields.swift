/// The fields that decide where a message ends and what becomes of the connection, gathered as they are parsed.
///
/// RFC 9112 §6.3 lets a server repair some contradictions; this one refuses them all, because a proxy in front may
/// have repaired them differently.
struct FramingFields {
    private(set) var expectsContinue = false
    private(set) var hasUnknownExpectation = false
    private var hostValue: String?
    private var contentLength: Int?
    private var codings: [Substring] = []
    private var hasTransferEncoding = false
    private var wantsClose = false
    private var wantsKeepAlive = false

    /// Takes note of a field, if it is one of these.
    mutating func read(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) throws(HTTPError) {
        // The length tells most fields apart without a comparison.
        switch name.count {
        case 4 where ASCII.equalIgnoringCase(name, "Host"):
            guard hostValue == nil else { throw .badRequest("there are two Host fields") }
            let host = String(decoding: value, as: UTF8.self)
            guard RequestTarget.isAuthority(host) else { throw .badRequest("the Host field is not a host") }
            hostValue = host
        case 6 where ASCII.equalIgnoringCase(name, "Expect"):
            for expectation in ASCII.list(String(decoding: value, as: UTF8.self)) {
                if ASCII.equalIgnoringCase(expectation, "100-continue") {
                    expectsContinue = true
                } else {
                    hasUnknownExpectation = true
                }
            }
        case 10 where ASCII.equalIgnoringCase(name, "Connection"):
            for option in ASCII.list(String(decoding: value, as: UTF8.self)) {
                if ASCII.equalIgnoringCase(option, "close") { wantsClose = true }
                if ASCII.equalIgnoringCase(option, "keep-alive") { wantsKeepAlive = true }
            }
        case 14 where ASCII.equalIgnoringCase(name, "Content-Length"):
            guard contentLength == nil else { throw .badRequest("there are two Content-Length fields") }
            let text = String(decoding: value, as: UTF8.self)
            guard let length = ASCII.number(text) else {
                throw .badRequest("Content-Length is not a number of bytes")
            }
            contentLength = length
        case 17 where ASCII.equalIgnoringCase(name, "Transfer-Encoding"):
            hasTransferEncoding = true
            codings += String(decoding: value, as: UTF8.self)
                .split(separator: ",", omittingEmptySubsequences: false).map { ASCII.trimmed($0) }
        default: break
        }
    }

    /// The Host field, which HTTP/1.1 demands (RFC 9112 §3.2).
    func host(minorVersion: Int) throws(HTTPError) -> String {
        guard let hostValue else {
            if minorVersion == 0 { return "" }
            throw .badRequest("there is no Host field")
        }
        return hostValue
    }

    /// Where the content ends (RFC 9112 §6.3).
    func framing(minorVersion: Int) throws(HTTPError) -> RequestHead.Framing {
        guard hasTransferEncoding else { return contentLength.map { .length($0) } ?? .none }
        guard contentLength == nil else { throw .badRequest("both Transfer-Encoding and Content-Length") }
        guard minorVersion == 1 else { throw .badRequest("Transfer-Encoding in HTTP/1.0") }
        guard let last = codings.last, ASCII.equalIgnoringCase(last, "chunked"),
            codings.dropLast().allSatisfy({ !$0.isEmpty && !ASCII.equalIgnoringCase($0, "chunked") })
        else { throw .badRequest("the last transfer coding, and no other, must be chunked") }
        guard codings.count == 1 else {
            throw HTTPError(.notImplemented, "the only transfer coding here is chunked")
        }
        return .chunked
    }

    /// Whether the connection outlives the exchange (RFC 9112 §9.3).
    func keepsAlive(minorVersion: Int) -> Bool { !wantsClose && (minorVersion == 1 || wantsKeepAlive) }
}
