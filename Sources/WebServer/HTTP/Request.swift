/// A request, complete with its content.
public struct Request: Sendable {
    /// What is asked for.
    public let method: Method
    /// The target as it was sent.
    public let target: String
    /// The path, decoded, without dot segments; starts with "/".
    public let path: String
    /// The fields of the header section.
    public let headers: Headers
    /// The content; empty if there was none.
    public internal(set) var body: [UInt8] = []
    /// The fields after chunked content (RFC 9112 §7.1.2).
    public internal(set) var trailers = Headers()
    /// The values of the `:name` segments in the pattern of the route.
    public internal(set) var parameters: [String: String] = [:]
    /// The peer's numeric address, without the port: that of a proxy, if there is one in front.
    public let remoteAddress: String
    /// The client's numeric address, without the port: the peer's, or what a trusted proxy says that it is.
    public let clientAddress: String
    /// Whether it came through TLS.
    public let isSecure: Bool

    /// The part of the target after "?", undecoded.
    public let rawQuery: String?

    /// The host the client asked: of the target if that is absolute, otherwise of the Host field.
    public let host: String

    /// Whether it was sent by a program on this machine, and not passed on by one for somebody else.
    public var isFromThisMachine: Bool {
        IPAddress(remoteAddress)?.isLoopback == true
            && !["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Via"]
                .contains(where: headers.has)
    }

    /// The name and value pairs of the query, decoded; pairs that cannot be decoded are left out.
    public var query: [(name: String, value: String)] {
        guard let rawQuery else { return [] }
        return rawQuery.split(separator: "&").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = RequestTarget.percentDecoded(parts[0], plusIsSpace: true),
                let value = RequestTarget.percentDecoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { return nil }
            return (name, value)
        }
    }

    /// The value of the first query pair called `name`.
    public func query(_ name: String) -> String? { query.first { $0.name == name }?.value }
}
