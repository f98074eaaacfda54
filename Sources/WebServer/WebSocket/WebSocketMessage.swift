/// A whole message, however many frames it came in.
public enum WebSocketMessage: Sendable, Equatable {
    /// Valid UTF-8.
    case text(String)
    /// Any bytes.
    case binary([UInt8])
}
