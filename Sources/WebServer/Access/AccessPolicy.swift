/// Whom a server answers and whom it believes: the names it goes by, the pages that may write, the proxies in front.
///
/// A browser sends what any page has it send. Two checks keep foreign pages out: what is asked for must be asked by a
/// name of this server, or a page whose own name was made to lead here would be of the same origin (DNS rebinding); and
/// what changes something, as well as a WebSocket, must come from a page of this server. Clients that are not browsers
/// send no Origin and pass.
public struct AccessPolicy: Sendable {
    /// Names under which a server may be asked for.
    public enum Names: Sendable {
        /// Any.
        case any
        /// These, without port, and besides them addresses, `localhost` and what its own certificate is for.
        case only(Set<String>)
    }

    /// Names under which the server may be asked for; 421 otherwise.
    public var names = Names.any
    /// Whether pages of any origin may write and open WebSockets.
    public var allowsAnyOrigin = false
    /// Origins, such as `https://example.org`, whose pages may write and open WebSockets besides those of the server
    /// itself; 403 for others.
    public var origins: [String] = []
    /// Proxies whose X-Forwarded fields are believed and which may ask by any name. Programs on this machine are believed
    /// as well, but must ask by a name of the server: one of them may be a browser.
    public var trustedProxies: [AddressRange] = []
    /// What the operator can do about a refusal: a sentence, for the client and the log.
    public var remedy: @Sendable (AccessRefusal) -> String? = { _ in nil }

    /// The defaults: any name, and pages of the server alone.
    public init() {}

    // MARK: Names

    /// Whether a request may ask for `host`, a host with or without port, which is empty if HTTP/1.0 names none;
    /// `isCertified` tells whether the server has shown a certificate for a name.
    func accepts(host: String, from peer: Peer, isCertified: (String) -> Bool) -> Bool {
        guard case .only(let names) = names, peer.standing != .proxy, !host.isEmpty else { return true }
        let name = Self.name(of: host)
        return names.contains(name) || name == "localhost" || name.hasSuffix(".localhost")
            || IPAddress(name) != nil || isCertified(name)
    }

    /// `host` without its port, the brackets of an IPv6 address and the dot that may end a name, in lower case.
    private static func name(of host: String) -> String {
        if host.utf8.first == UInt8(ascii: "[") { return String(host.dropFirst().prefix { $0 != "]" }) }
        let name = host.prefix { $0 != ":" }
        return (name.last == "." ? name.dropLast() : name).lowercased()
    }

    // MARK: Origins

    /// Why what was sent with `headers` may not write here; nil if it may.
    func refusal(ofWriting headers: Headers, to host: String, isSecure: Bool, from peer: Peer)
        -> AccessRefusal?
    {
        if allowsAnyOrigin { return nil }
        let sent = headers.values(of: "Origin")
        if let origin = sent.first {
            guard sent.count == 1 else { return .origin(sent.joined(separator: ", ")) }
            let asked = Self.withoutDefaultPort(origin)
            if origins.contains(where: { Self.isSame($0, asked) }) { return nil }
            let own = Self.ownOrigins(headers, host, isSecure, peer)
            guard own.contains(where: { Self.isSame($0, asked) }) else { return .origin(origin) }
        }
        // A browser says this of a page on another port too, and where a proxy has put another Origin in place.
        let site = headers.single("Sec-Fetch-Site")
        return site == "cross-site" || site == "same-site" ? .site(sent.first) : nil
    }

    /// The origins of pages that came from where this request went.
    private static func ownOrigins(
        _ headers: Headers, _ host: String, _ isSecure: Bool, _ peer: Peer
    ) -> [String] {
        var hosts = [host]
        // Without TLS here, a page may still have come through that of a proxy in front.
        var schemes = isSecure ? ["https"] : ["http", "https"]
        if peer.isTrusted {
            hosts += headers.values(of: "X-Forwarded-Host").flatMap(ASCII.list).prefix(1).map(String.init)
            if let scheme = headers.single("X-Forwarded-Proto") { schemes = [scheme] }
        }
        return hosts.flatMap { host in schemes.map { "\($0)://\(host)" } }
    }

    private static func isSame(_ origin: String, _ asked: Substring) -> Bool {
        ASCII.equalIgnoringCase(withoutDefaultPort(origin), asked)
    }

    /// An origin is the same with and without the port that its scheme stands for (RFC 6454 §4).
    private static func withoutDefaultPort(_ origin: String) -> Substring {
        let port = ASCII.equalIgnoringCase(origin.prefix(6), "https:") ? ":443" : ":80"
        return origin.hasSuffix(port) ? origin.dropLast(port.count) : origin[...]
    }
}

/// Why a request was turned away by an ``AccessPolicy``.
public enum AccessRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// It asked for this host, which is no name of the server.
    case host(String)
    /// It comes from a page of this origin, which may not write.
    case origin(String)
    /// Its browser says that it comes from another site, whose origin may be known.
    case site(String?)

    /// A sentence that says so.
    public var description: String {
        switch self {
        case .host(let host): "This server does not answer to the name \(host)."
        case .origin(let origin): "Pages of the origin \(origin) may not write or connect here."
        case .site: "Pages of other sites may not write or connect here."
        }
    }

    /// 421 says that this server is not the one for that name (RFC 9110 §15.5.20).
    var status: Status {
        switch self {
        case .host: .misdirectedRequest
        case .origin, .site: .forbidden
        }
    }
}
