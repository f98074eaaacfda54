/// What a peer did wrong, with the close code that tells it.
package struct WebSocketError: Error, Equatable {
    package let code: CloseCode
    /// Sent as the reason in the close frame.
    package let reason: String

    package static func protocolError(_ reason: String) -> WebSocketError {
        WebSocketError(code: .protocolError, reason: reason)
    }

    package static let invalidUTF8 = WebSocketError(code: .invalidData, reason: "text is not UTF-8")
    package static let tooBig = WebSocketError(code: .messageTooBig, reason: "the message is too big")
}
