/// What a peer did wrong, with the close code that tells it.
struct WebSocketError: Error, Equatable {
    let code: CloseCode
    /// Sent as the reason in the close frame.
    let reason: String

    static func protocolError(_ reason: String) -> WebSocketError {
        WebSocketError(code: .protocolError, reason: reason)
    }

    static let invalidUTF8 = WebSocketError(code: .invalidData, reason: "text is not UTF-8")
    static let tooBig = WebSocketError(code: .messageTooBig, reason: "the message is too big")
}
