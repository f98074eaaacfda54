/// The other end of a connection, and how far what it says about others is believed.
struct Peer: Sendable {
    enum Standing: Equatable, Sendable {
        /// A client that speaks for itself.
        case client
        /// A program on this machine: a proxy, or a browser whose page could say that it is one.
        case loopback
        /// A proxy that the configuration names.
        case proxy
    }

    /// The numeric address, without the port.
    let address: String
    let standing: Standing

    init(_ address: String, proxies: [AddressRange]) {
        self.address = address
        standing = Self.standing(of: address, proxies)
    }

    /// Whether its X-Forwarded fields are believed.
    var isTrusted: Bool { standing != .client }

    /// The address of the client that a request comes from: of the addresses that the proxies in front have noted in
    /// X-Forwarded-For, the last that is not a trusted proxy's own. What stands before it, the client may have made up.
    func client(_ headers: Headers, proxies: [AddressRange]) -> String {
        guard isTrusted, headers.has(Self.forwardedFor) else { return address }
        var client = address
        for hop in ASCII.list(headers.values(of: Self.forwardedFor).joined(separator: ",")).reversed() {
            let text = Self.withoutPort(hop)
            guard IPAddress(text) != nil else { break }
            client = String(text)
            if Self.standing(of: client, proxies) == .client { break }
        }
        return client
    }

    private static let forwardedFor = "X-Forwarded-For"

    private static func standing(of address: String, _ proxies: [AddressRange]) -> Standing {
        guard let address = IPAddress(address) else { return .client }
        if proxies.contains(where: { $0.contains(address) }) { return .proxy }
        return address.isLoopback ? .loopback : .client
    }

    /// Some proxies note the client's port as well: `192.0.2.7:4711`, `[2001:db8::7]:4711`.
    private static func withoutPort(_ text: Substring) -> Substring {
        if text.first == "[" { return text.dropFirst().prefix { $0 != "]" } }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? parts[0] : text
    }
}
