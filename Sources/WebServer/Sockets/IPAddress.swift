import Glibc

/// A numeric address; IPv4 is kept as IPv6 writes it, `::ffff:a.b.c.d` (RFC 4291 §2.5.5.2), so that both compare.
struct IPAddress: Hashable, Sendable {
    fileprivate let high: UInt64
    fileprivate let low: UInt64

    static let bits = 128
    /// How many bits come before those of an IPv4 address.
    static let bitsBeforeIPv4 = 96
    private static let mapped: UInt64 = 0xffff_0000_0000

    /// `text` is an address as the system writes it, without brackets or port; the zone of a link-local one is left out.
    init?(_ text: some StringProtocol) {
        let text = String(text.prefix { $0 != "%" })
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            (high, low) = (0, Self.mapped | UInt64(UInt32(bigEndian: four.s_addr)))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let halves = withUnsafeBytes(of: &six) { bytes in
            (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        (high, low) = (UInt64(bigEndian: halves.0), UInt64(bigEndian: halves.1))
    }

    var isIPv4: Bool { high == 0 && low >> 32 == 0xffff }

    /// 127.0.0.0/8 and ::1.
    var isLoopback: Bool { high == 0 && (low == 1 || low >> 24 == (Self.mapped | 0x7f00_0000) >> 24) }
}

/// An address, or all addresses that begin with the same bits: `192.0.2.7`, `10.0.0.0/8` (RFC 4632 §3.1), `fd00::/8`.
public struct AddressRange: Hashable, Sendable {
    private let first: IPAddress
    /// How many leading bits are the same.
    private let length: Int

    /// Nil if `text` is neither an address nor an address, a slash and a number of bits.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = IPAddress(parts[0]) else { return nil }
        self.first = first
        let before = first.isIPv4 ? IPAddress.bitsBeforeIPv4 : 0
        guard parts.count == 2 else {
            length = IPAddress.bits
            return
        }
        guard let bits = ASCII.number(parts[1]), bits <= IPAddress.bits - before else { return nil }
        length = before + bits
    }

    func contains(_ address: IPAddress) -> Bool {
        // Shifting by 64 or more leaves nothing, so that no bits means no difference.
        let highDifference = (first.high ^ address.high) >> UInt64(max(0, 64 - length))
        let lowDifference = (first.low ^ address.low) >> UInt64(min(64, IPAddress.bits - length))
        return highDifference == 0 && lowDifference == 0
    }
}
