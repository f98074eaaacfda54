/// Everything before the content of a request, checked.
struct RequestHead: Sendable {
    /// How the end of the content is found (RFC 9112 §6.3).
    enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
    }

    var method = Method.get
    var target = ""
    /// HTTP/1.minor; higher minors than 1 count as 1.
    var minorVersion = 1
    var headers = Headers()
    var host = ""
    var framing = Framing.none
    /// Whether the connection outlives this exchange (RFC 9112 §9.3).
    var keepsAlive = true
    /// Whether the client waits for 100 before it sends the content (RFC 9110 §10.1.1).
    var expectsContinue = false
    /// Whether an expectation was sent that nobody knows.
    var hasUnknownExpectation = false
}
