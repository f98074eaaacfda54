/// Where a server listens, and what it allows.
public struct ServerConfiguration: Sendable {
    /// How much of everything.
    public struct Limits: Sendable {
        /// Connections in all; 503 beyond. The limit on open files may lower it.
        public var connections = 16_384
        /// Connections of one address; 429 beyond.
        public var connectionsPerAddress = 512
        /// Whether this machine's own connections, such as those of a proxy in front, are free of that limit.
        public var exemptsLoopback = true
        /// Bytes of the request line; 414 beyond.
        public var requestLine = 8192
        /// Bytes of all header fields; 431 beyond.
        public var headerBytes = 16_384
        /// Header fields; 431 beyond.
        public var headerFields = 100
        /// Bytes of content, where a route has no limit of its own; 413 beyond.
        public var body = 1 << 20

        var request: RequestParser.Limits {
            .init(requestLine: requestLine, headerBytes: headerBytes, headerFields: headerFields, body: body)
        }
    }

    /// How long a client may take, in seconds.
    public struct Timeouts: Sendable {
        /// For a whole header section, and for the TLS handshake before the first; 408 after.
        public var head = 10.0
        /// For every 64 KB of content, and for the rest; 408 after.
        public var body = 30.0
        /// Between requests.
        public var idle = 75.0
        /// Without taking a byte of what is sent.
        public var write = 30.0
    }

    /// A name or address of this machine; `0.0.0.0` or `::` for all.
    public var host: String
    /// The port; 0 for any free one.
    public var port: Int
    /// Event loops, each on a thread of its own; handlers of different connections may then run at the same time. The
    /// first serves some hundreds of connections alone; with thousands of viewers, a second keeps their frames on time.
    public var threads = 2
    /// TLS, if wanted. Plain HTTP on the same port is then redirected.
    public var tls: TLSConfiguration?
    /// One more port, of which every request is redirected to HTTPS.
    public var redirectPort: Int?
    /// Fields that every response carries unless it has its own.
    public var headers = Headers.secure
    /// The path below which everything lies, such as `/lab`, for a proxy that does not take it off; empty for none.
    public var basePath = ""
    /// Whom the server answers and believes.
    public var access = AccessPolicy()
    /// How much of everything.
    public var limits = Limits()
    /// How long a client may take.
    public var timeouts = Timeouts()
    /// Whether each request is logged, at level info.
    public var logsAccess = true
    /// What the log says of a request's target: a place to leave out what whoever reads the log must not learn.
    public var loggedTarget: @Sendable (String) -> String = { $0 }

    /// Plain HTTP on a port.
    public init(host: String = "127.0.0.1", port: Int = 8080) {
        self.host = host
        self.port = port
    }
}

extension Headers {
    /// Fields that keep a page to itself: no inline or foreign script, no framing, no sniffing, no referrer.
    public static let secure = secureInFrames(of: [])

    /// The same, for a page that pages of these origins, and its own, may show in a frame.
    public static func secureInFrames(of origins: [String]) -> Headers {
        let framers = origins.isEmpty ? "'none'" : (["'self'"] + origins).joined(separator: " ")
        return [
            "Content-Security-Policy":
                "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
                + "form-action 'self'; frame-ancestors \(framers)",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        ]
    }
}
