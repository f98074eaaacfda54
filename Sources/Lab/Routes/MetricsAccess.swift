import WebServer

/// Who may read `/metrics`: everybody, unless it is said who.
public struct MetricsAccess: Sendable {
    /// Whether programs on this machine may, if others may not. What a proxy here passes on comes from elsewhere.
    public var isForThisMachine = false
    /// What others send as `Authorization: Bearer …`, if they may.
    public var token: String?

    /// Everybody.
    public init() {}

    /// The answer to whoever may not.
    func refusal(of request: Request) -> Response? {
        guard isForThisMachine || token != nil else { return nil }
        if isForThisMachine, request.isFromThisMachine { return nil }
        guard let token else {
            return .text(
                "These numbers are for programs on the server's own machine (--metrics-loopback).\n",
                status: .forbidden)
        }
        if request.headers["Authorization"].map({ Self.isSame($0, "Bearer \(token)") }) == true { return nil }
        var response = Response.text("These numbers need a token (--metrics-token).\n", status: .unauthorized)
        response.headers.add("WWW-Authenticate", "Bearer")
        return response
    }

    /// Compares in a time that tells nothing about where two texts of one length begin to differ.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        guard a.utf8.count == b.utf8.count else { return false }
        return zip(a.utf8, b.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
