/// Why a WebSocket was closed (RFC 6455 §7.4).
public struct CloseCode: Hashable, Sendable {
    /// The number in the close frame.
    public let rawValue: UInt16

    /// Any number; only some may be sent, see `isSendable`.
    public init(_ rawValue: UInt16) { self.rawValue = rawValue }

    /// 1000: the purpose is fulfilled.
    public static let normal = CloseCode(1000)
    /// 1001: the server stops, or the page was left.
    public static let goingAway = CloseCode(1001)
    /// 1002: a frame breaks the protocol.
    public static let protocolError = CloseCode(1002)
    /// 1003: a kind of data that is not accepted.
    public static let unsupportedData = CloseCode(1003)
    /// 1005: the close frame held no code; never sent.
    public static let noStatus = CloseCode(1005)
    /// 1006: the connection was lost without a close frame; never sent.
    public static let abnormal = CloseCode(1006)
    /// 1007: text that is not UTF-8, or data that does not decompress.
    public static let invalidData = CloseCode(1007)
    /// 1008: against a rule of the application.
    public static let policyViolation = CloseCode(1008)
    /// 1009: a message beyond the limit.
    public static let messageTooBig = CloseCode(1009)
    /// 1011: something unexpected in the server.
    public static let internalError = CloseCode(1011)
    /// 1013: the peer reads too slowly, or the server has too much to do; try again later.
    public static let tryAgainLater = CloseCode(1013)

    /// Whether the number may stand in a close frame: registered and not reserved for local use, or private.
    public var isSendable: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
