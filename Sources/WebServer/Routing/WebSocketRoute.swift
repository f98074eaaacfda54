/// A route and what makes its handlers.
struct WebSocketRoute: Sendable {
    let options: WebSocketOptions
    let accept: @Sendable (Request, WebSocket) -> any WebSocketHandler
}
