/// The application's side of one WebSocket. All calls come on the event loop of its connection, so none may block.
///
///     struct Echo: WebSocketHandler {
///         let socket: WebSocket
///         func message(_ message: WebSocketMessage) { socket.send(message) }
///     }
public protocol WebSocketHandler {
    /// The handshake is done; messages may be sent.
    func opened()
    /// A message has come.
    func message(_ message: WebSocketMessage)
    /// The connection is gone; called once. The code is the peer's (1005 if its close frame held none), the server's own
    /// if the peer broke a rule, and 1006 if the peer left without a close frame.
    func closed(_ code: CloseCode, reason: String)
}

extension WebSocketHandler {
    /// Does nothing.
    public func opened() {}
    /// Does nothing.
    public func closed(_ code: CloseCode, reason: String) {}
}
