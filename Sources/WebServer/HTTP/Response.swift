/// What is answered to a request.
///
/// Content-Length, Date and Connection are added by the server; content is left out where the method or status has
/// none.
public struct Response: Sendable {
    /// The content of a response.
    public enum Body: Sendable {
        /// Bytes in memory; large ones are sent without a copy.
        case bytes([UInt8])
        /// A part of bytes in memory.
        case slice([UInt8], Range<Int>)
        /// A part of a file, read as it is sent.
        case file(FileSlice)

        /// The number of bytes.
        public var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .slice(_, let range): range.count
            case .file(let file): file.count
            }
        }

        /// All of it in memory; nil if a file cannot be read or has become shorter. Reading a file may block.
        public func read() -> [UInt8]? {
            switch self {
            case .bytes(let bytes): bytes
            case .slice(let bytes, let range): Array(bytes[range])
            case .file(let file): file.read(at: 0, count: file.count)
            }
        }
    }

    /// The status code.
    public var status: Status
    /// The header fields.
    public var headers: Headers
    /// The content.
    public var body: Body

    /// A response from its parts.
    public init(_ status: Status, headers: Headers = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Plain text.
    public static func text(_ text: String, status: Status = .ok) -> Response {
        Response(
            status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: .bytes(Array(text.utf8)))
    }

    /// JSON, already encoded.
    public static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }

    /// JSON, already encoded.
    public static func json(_ text: String, status: Status = .ok) -> Response {
        json(Array(text.utf8), status: status)
    }

    /// 404 with one line of text.
    public static var notFound: Response { .text("not found\n", status: .notFound) }

    /// Too much is asked for at the moment: one line of text, and when to ask again.
    static func tryAgainSoon(_ reason: String, status: Status = .serviceUnavailable) -> Response {
        var response = text("\(reason); try again soon\n", status: status)
        response.headers.add("Retry-After", "5")
        return response
    }

    /// A redirect to `location`; 308 keeps the method.
    public static func redirect(to location: String, status: Status = .permanentRedirect) -> Response {
        Response(status, headers: ["Location": location])
    }
}
