/// A status code (RFC 9110 §15).
public struct Status: Hashable, Sendable {
    /// Three digits.
    public let code: Int

    /// Any code from 100 to 599.
    public init(_ code: Int) {
        precondition((100...599).contains(code), "a status code has three digits and starts with 1 to 5")
        self.code = code
    }

    // What each means is in the RFC, under its number.
    // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
    public static let switchingProtocols = Status(101), ok = Status(200), created = Status(201),
        noContent = Status(204), partialContent = Status(206), movedPermanently = Status(301),
        seeOther = Status(303), notModified = Status(304), permanentRedirect = Status(308),
        badRequest = Status(400), unauthorized = Status(401), forbidden = Status(403), notFound = Status(404),
        methodNotAllowed = Status(405),
        requestTimeout = Status(408), conflict = Status(409), preconditionFailed = Status(412),
        contentTooLarge = Status(413), uriTooLong = Status(414), unsupportedMediaType = Status(415),
        rangeNotSatisfiable = Status(416), expectationFailed = Status(417),
        misdirectedRequest = Status(421), unprocessable = Status(422),
        upgradeRequired = Status(426), tooManyRequests = Status(429), headersTooLarge = Status(431),
        internalServerError = Status(500), notImplemented = Status(501), serviceUnavailable = Status(503),
        versionNotSupported = Status(505)

    /// The customary phrase; empty for a code without one.
    public var reason: String {
        switch code {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }

    /// Whether a response with this code may carry content (RFC 9110 §6.4.1).
    var allowsContent: Bool { code >= 200 && code != 204 && code != 304 }
}
