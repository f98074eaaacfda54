import CSockets
import Glibc

/// The addresses of this machine, for a certificate and for telling people where to go.
public enum LocalAddresses {
    /// What people may type to reach a server that listens on `host`: that, this machine itself, its name (also as
    /// multicast DNS has it), and, if the server listens on all of them, its addresses.
    public static func names(forHost host: String) -> [String] {
        let isForAll = host == "0.0.0.0" || host == "::"
        var names = (isForAll ? [] : [host]) + ["localhost", "127.0.0.1", "::1"]
        if isForAll {
            names += ownNames + all
        }
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// The names that this machine has in its own network: what it calls itself, and that as multicast DNS has it
    /// (RFC 6762 §3).
    public static var ownNames: [String] {
        guard let name = hostName?.lowercased() else { return [] }
        let short = name.prefix { $0 != "." }
        return name == short ? [name, "\(name).local"] : [name, String(short), "\(short).local"]
    }

    /// The machine's own name, if it is one that a certificate can hold.
    private static var hostName: String? {
        var bytes = [CChar](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return nil }
        let name = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let isName = name.utf8.allSatisfy {
            ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        return isName && !name.isEmpty && name != "localhost" ? name : nil
    }

    /// Numeric addresses of the interfaces that are up, loopback left out, IPv4 first.
    public static var all: [String] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var found: [(isIPv6: Bool, text: String)] = []
        var next = list
        while let interface = next?.pointee {
            next = interface.ifa_next
            let flags = Int32(bitPattern: interface.ifa_flags)
            guard flags & Int32(IFF_UP) != 0, flags & Int32(IFF_LOOPBACK) == 0,
                let address = interface.ifa_addr
            else { continue }
            let family = Int32(address.pointee.sa_family)
            guard family == AF_INET || family == AF_INET6 else { continue }
            var storage = sockaddr_storage()
            let size = family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
            withUnsafeMutableBytes(of: &storage) { $0.copyMemory(from: .init(start: address, count: size)) }
            let text = SocketAddress.text(of: storage)
            // Link-local addresses mean nothing without the name of the interface.
            if !text.contains("%") { found.append((family == AF_INET6, text)) }
        }
        return found.filter { !$0.isIPv6 }.map(\.text) + found.filter(\.isIPv6).map(\.text)
    }
}
