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
    /// The connection is gone; called once. The code is the peer's, or 1006 if it left without one.
    func closed(_ code: CloseCode, reason: String)
}

extension WebSocketHandler {
    /// Does nothing.
    public func opened() {}
    /// Does nothing.
    public func closed(_ code: CloseCode, reason: String) {}
}
