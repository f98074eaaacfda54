import WebServer

/// Where the messages to a viewer go: its WebSocket, or what stands in for one where there is no network.
///
/// Everything may be called from any thread and returns at once.
protocol ViewerSocket: AnyObject, Sendable {
    /// Whether the other side has not yet taken all that it was sent.
    var isCongested: Bool { get }
    /// Has the other side wait with what it says until ``resumeReading()``.
    func pauseReading()
    /// Goes on with what the other side says.
    func resumeReading()
    /// Sends a text message; never dropped.
    func send(_ text: String)
    /// Sends a binary message; never dropped.
    func send(_ bytes: [UInt8])
    /// Sends a frame that is only worth seeing while it is new; a newer one may take its place.
    func offer(_ frame: SharedFrame)
    /// Ends the connection once all messages have been sent.
    func close(_ code: CloseCode, reason: String)
}

extension WebSocket: ViewerSocket {}
