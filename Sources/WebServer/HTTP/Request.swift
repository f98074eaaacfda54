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
    /// The peer's numeric address, without the port.
    public let remoteAddress: String
    /// Whether it came through TLS.
    public let isSecure: Bool

    /// The part of the target after "?", undecoded.
    public let rawQuery: String?

    /// The host the client asked: of the target if that is absolute, otherwise of the Host field.
    public let host: String

    /// Where a client finds this, or `path` in its place, on the same host: for a Location field. Made from what was
    /// understood and not from what was sent, whose dots and slashes could name another host.
    func location(_ path: String) -> String {
        RequestTarget.percentEncoded(path) + (rawQuery.map { "?" + $0 } ?? "")
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
