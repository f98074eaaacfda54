/// What a WebSocket route accepts.
public struct WebSocketOptions: Sendable {
    /// Subprotocols in order of preference; the first that the client offers is chosen.
    public var subprotocols: [String] = []
    /// Bytes in one message, decompressed; 1009 beyond.
    public var maximumMessage = 16 << 20
    /// Bytes that may wait for a slow peer when one more message is sent; it is closed with 1013 beyond.
    public var maximumQueue = 4 << 20
    /// Seconds of silence after which a ping is sent, and again until the peer is given up.
    public var pingInterval = 20.0
    /// Seconds a peer has to answer a close frame.
    public var closeTimeout = 5.0
    /// Sent before the socket is closed because the server stops.
    public var farewell: WebSocketMessage?
    /// How messages are compressed if the client can; nil for not at all.
    public var compression: DeflateOptions? = DeflateOptions()

    /// The defaults.
    public init() {}

    /// Ends the program where the mistake is, rather than when the first client connects.
    func check() {
        guard let compression else { return }
        precondition((9...15).contains(compression.windowBits), "a window of 9 to 15 bits")
        precondition((1...9).contains(compression.level), "an effort of 1 to 9")
    }
}

/// How messages are compressed (RFC 7692).
public struct DeflateOptions: Sendable {
    /// Whether each side's messages may refer back to earlier ones: smaller, but a window of memory per client.
    public var contextTakeover = true
    /// log₂ of the window of what the server sends, 9 to 15.
    public var windowBits = 15
    /// Messages below this size are sent as they are.
    public var threshold = 64
    /// zlib's effort, 1 to 9.
    public var level = 1
    /// Whether shared frames are compressed too.
    public var sharedFrames = true

    /// The defaults.
    public init() {}
}
