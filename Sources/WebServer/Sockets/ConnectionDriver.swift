/// The protocol spoken on a connection: HTTP first, WebSocket after an upgrade. Called on the loop only.
protocol ConnectionDriver: AnyObject {
    /// Takes bytes, which it may change in place, and returns how many of them are done with; the rest is kept and
    /// offered again with more behind it, or when the output has drained.
    func receive(_ bytes: UnsafeMutableRawBufferPointer) -> Int
    /// Whether nothing is to be read from the peer for now. Once that is over, the driver says so with `outputAdded`.
    var isPaused: Bool { get }
    /// The peer sends no more, and what it has sent is read as far as it goes. May be called again.
    func peerEnded()
    /// Something was left for this connection, mostly by another thread, and its loop was notified.
    func notified()
    /// The deadline set by this driver has passed.
    func expired()
    /// The output has been handed to the system, in whole or in part.
    func wrote()
    /// The server is stopping: finish what is under way, start nothing.
    func stop()
    /// The connection is gone.
    func closed()
}

extension ConnectionDriver {
    var isPaused: Bool { false }
}
