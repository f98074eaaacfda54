/// Everything before the content of a request, checked.
package struct RequestHead: Sendable {
    /// How the end of the content is found (RFC 9112 §6.3).
    package enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
    }

    package var method = Method.get
    package var target = ""
    /// HTTP/1.minor; higher minors than 1 count as 1.
    package var minorVersion = 1
    package var headers = Headers()
    package var host = ""
    package var framing = Framing.none
    /// Whether the connection outlives this exchange (RFC 9112 §9.3).
    package var keepsAlive = true
    /// Whether the client waits for 100 before it sends the content (RFC 9110 §10.1.1).
    package var expectsContinue = false
    /// Whether an expectation was sent that nobody knows.
    package var hasUnknownExpectation = false

    package init() {}
}
