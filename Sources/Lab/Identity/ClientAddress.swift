import Glibc

/// Where somebody's requests come from, as far as shares and limits care: an IPv4 address, or the network (/64) of an
/// IPv6 address, all of whose addresses one machine may use (RFC 4291 §2.5.4).
package struct ClientAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    private static let networkBytes = 8
    /// ::ffff:0:0/96, under which IPv4 addresses stand among IPv6 ones (RFC 4291 §2.5.5.2).
    private static let mappedPrefix: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

    /// - Parameter text: A numeric address. All others count as one client.
    package init(_ text: String) {
        // A zone, as in fe80::1%eth0, is no part of the address.
        let numeric = text.split(separator: "%", maxSplits: 1).first.map(String.init) ?? ""
        var address = in6_addr()
        guard inet_pton(AF_INET6, numeric, &address) == 1 else {
            bytes = Self.version4(numeric)
            return
        }
        let all = withUnsafeBytes(of: address) { Array($0) }
        bytes =
            all.starts(with: Self.mappedPrefix) ? Array(all.suffix(4)) : Array(all.prefix(Self.networkBytes))
    }

    /// A name that stands for the address as long as `key` is known, and cannot be turned back without it.
    func pseudonym(under key: String) -> [UInt8] {
        Array(Digest.sha256(Array(key.utf8) + bytes).prefix(8))
    }

    private static func version4(_ text: String) -> [UInt8] {
        var address = in_addr()
        guard inet_pton(AF_INET, text, &address) == 1 else { return [] }
        return withUnsafeBytes(of: address) { Array($0) }
    }
}
