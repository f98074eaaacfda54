import WebServer

/// Somebody whom a session answers and shows itself to: a page over a WebSocket, a request, a test.
///
/// Everything may be called from any thread and returns at once.
protocol Client: AnyObject, Sendable {
    /// Whether it has not yet taken all that it was sent.
    var isBehind: Bool { get }
    /// Answers a command; never dropped.
    func answer(_ reply: Reply)
    /// Tells an event, which is JSON text; never dropped.
    func tell(_ event: String)
    /// Sends a frame that it asked for; never dropped.
    func send(_ frame: [UInt8])
    /// Sends a frame that is only worth seeing while it is new; a newer one may take its place.
    func offer(_ frame: SharedFrame)
    /// Sends it away for now; it may come back by itself.
    func dismiss(reason: String)
}
