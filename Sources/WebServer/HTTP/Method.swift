/// A request method (RFC 9110 §9); case matters.
public enum Method: Hashable, Sendable {
    /// Transfer the resource.
    case get
    /// As GET, without the content.
    case head
    /// Process the content in the resource's own way.
    case post
    /// Replace the resource.
    case put
    /// Remove the resource.
    case delete
    /// Change a part of the resource (RFC 5789).
    case patch
    /// Ask what may be done.
    case options
    /// Loop-back test; never allowed here.
    case trace
    /// Tunnel; never allowed here.
    case connect
    /// A token that this server does not know: answered with 501.
    case other(String)

    /// The token on the wire.
    public var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .patch: "PATCH"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        case .other(let name): name
        }
    }

    /// Whether it only reads (RFC 9110 §9.2.1), so that whoever sends it changes nothing.
    var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace: true
        default: false
        }
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        if bytes.count == 3, bytes[0] == UInt8(ascii: "G"), bytes[1] == UInt8(ascii: "E"),
            bytes[2] == UInt8(ascii: "T")
        {
            self = .get
            return
        }
        switch String(decoding: bytes, as: UTF8.self) {
        case "HEAD": self = .head
        case "POST": self = .post
        case "PUT": self = .put
        case "DELETE": self = .delete
        case "PATCH": self = .patch
        case "OPTIONS": self = .options
        case "TRACE": self = .trace
        case "CONNECT": self = .connect
        case let name: self = .other(name)
        }
    }
}
