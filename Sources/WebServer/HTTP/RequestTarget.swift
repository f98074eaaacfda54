import Glibc

/// The request target taken apart (RFC 9112 §3.2): its path decoded once and free of dots, its query still raw.
package struct RequestTarget: Equatable {
    /// Decoded, starting with "/"; "*" for the asterisk form; "" for the authority form.
    package let path: String
    /// What follows "?", undecoded.
    package let query: String?
    /// The authority of the absolute or authority form, which overrides Host.
    package let authority: String?
    /// Whether it is the URI of a resource that may only be had through TLS (RFC 9110 §4.2.2).
    package private(set) var isHTTPS = false

    /// The path below `base`, which is empty or begins with a slash and does not end in one; nil if it is not there.
    func path(below base: String) -> String? {
        if base.isEmpty || path == "*" { return path }
        guard path.hasPrefix(base), path.utf8.dropFirst(base.utf8.count).first == UInt8(ascii: "/") else {
            return nil
        }
        return String(path.dropFirst(base.count))
    }

    package init(_ target: String, method: Method) throws(HTTPError) {
        if method == .connect {
            guard Self.isAuthority(target, requiresPort: true) else {
                throw .badRequest("CONNECT needs host:port")
            }
            (path, query, authority) = ("", nil, target)
        } else if target.utf8.first == UInt8(ascii: "/") {
            (path, query) = try Self.split(Substring(target))
            authority = nil
        } else if target == "*" {
            guard method == .options else { throw .badRequest("the target * is for OPTIONS only") }
            (path, query, authority) = ("*", nil, nil)
        } else {
            let (scheme, host, rest) = try Self.absolute(target)
            (path, query) = try Self.split(rest)
            authority = host
            isHTTPS = ASCII.equalIgnoringCase(scheme, "https")
        }
    }

    /// Whether `text` is `uri-host [":" port]` (RFC 9110 §7.2).
    package static func isAuthority(_ text: some StringProtocol, requiresPort: Bool = false) -> Bool {
        let bytes = Array(text.utf8)
        var end = bytes.count
        var host = bytes[...]
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 1 else { return false }
            host = bytes[1..<close]
            end = close + 1
            guard isIPv6(host) else { return false }
        } else {
            end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            host = bytes[..<end]
            guard !host.isEmpty, isName(host) else { return false }
        }
        if end == bytes.count { return !requiresPort }
        guard bytes[end] == UInt8(ascii: ":") else { return false }
        let port = bytes[(end + 1)...]
        if port.isEmpty { return !requiresPort }
        guard port.count <= 5, port.allSatisfy(ASCII.isDigit) else { return false }
        return port.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 65_535
    }

    /// Decodes `%XX`; nil if a percent sign is not followed by two hexadecimal digits, if the result is not UTF-8,
    /// or if it holds NUL.
    package static func percentDecoded(_ text: Substring, plusIsSpace: Bool = false) -> String? {
        let plain = text.utf8.allSatisfy {
            $0 != UInt8(ascii: "%") && !(plusIsSpace && $0 == UInt8(ascii: "+"))
        }
        if plain { return String(text) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.next().flatMap(ASCII.hexValue),
                    let low = rest.next().flatMap(ASCII.hexValue)
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// `path`, which is decoded, as it stands in a URI (RFC 3986 §3.3).
    package static func percentEncoded(_ path: String) -> String {
        var text: [UInt8] = []
        for byte in path.utf8 {
            if isNameCharacter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
                || byte == UInt8(ascii: "@") || byte == UInt8(ascii: ",")
            {
                text.append(byte)
            } else {
                text += "%\(ASCII.hex(byte, uppercase: true))".utf8
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A reference to `path`, which is decoded, with the query of this target: for a Location field. Made from what was
    /// understood and not from what was sent, whose dots and slashes could name another host.
    func reference(to path: String) -> String { Self.percentEncoded(path) + (query.map { "?" + $0 } ?? "") }

    /// `http://authority/path?query`: the scheme, the authority, and the rest from the path on.
    private static func absolute(_ target: String) throws(HTTPError) -> (Substring, String, Substring) {
        guard let colon = target.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            throw .badRequest("the request target is neither a path nor a URI")
        }
        let scheme = target[..<colon]
        let rest = target[target.utf8.index(after: colon)...]
        guard ASCII.equalIgnoringCase(scheme, "http") || ASCII.equalIgnoringCase(scheme, "https"),
            rest.hasPrefix("//")
        else { throw .badRequest("the request target is not an http URI") }
        let afterSlashes = rest.dropFirst(2)
        let end = afterSlashes.firstIndex { $0 == "/" || $0 == "?" } ?? afterSlashes.endIndex
        guard isAuthority(afterSlashes[..<end]) else {
            throw .badRequest("the request target has no valid host")
        }
        return (scheme, String(afterSlashes[..<end]), afterSlashes[end...])
    }

    private static func split(_ text: Substring) throws(HTTPError) -> (String, String?) {
        guard isWellFormed(text) else {
            throw .badRequest("the request target holds what a URI does not, unless percent-encoded")
        }
        let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) ?? text.endIndex
        let query = mark == text.endIndex ? nil : String(text[text.utf8.index(after: mark)...])
        return (try normalised(text[..<mark]), query)
    }

    /// Decodes each segment, then removes dot segments (RFC 3986 §5.2.4), so that no encoding hides one.
    private static func normalised(_ raw: Substring) throws(HTTPError) -> String {
        if raw.isEmpty { return "/" }
        // Most paths are already what they will be.
        var needsWork = false
        var previous: UInt8 = 0
        for byte in raw.utf8 {
            if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") { needsWork = true }
            if byte == UInt8(ascii: "."), previous == UInt8(ascii: "/") { needsWork = true }
            previous = byte
        }
        guard needsWork else { return String(raw) }
        var segments: [String] = []
        var endsInFolder = false
        for part in raw.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        {
            guard let segment = percentDecoded(Substring(part)) else {
                throw .badRequest("the path is not valid percent-encoded UTF-8")
            }
            guard !segment.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
            else {
                throw .badRequest("the path hides a slash or a backslash in a segment")
            }
            endsInFolder = segment == "." || segment == ".."
            switch segment {
            case ".": break
            case "..":
                guard segments.popLast() != nil else { throw .badRequest("the path leads above the root") }
            default: segments.append(segment)
            }
        }
        return "/" + segments.joined(separator: "/") + (endsInFolder && !segments.isEmpty ? "/" : "")
    }

    /// Whether `text` is written as a path and a query are (RFC 3986 §3.3). What is not is refused rather than guessed
    /// at, also in a query, where browsers leave some of it as it was typed (RFC 9112 §3.2).
    private static func isWellFormed(_ text: Substring) -> Bool {
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard ASCII.isURICharacter(byte) else { return false }
            guard byte == UInt8(ascii: "%") else { continue }
            for _ in 0..<2 {
                guard let digit = rest.popFirst(), ASCII.hexValue(digit) != nil else { return false }
            }
        }
        return true
    }

    private static func isIPv6(_ host: ArraySlice<UInt8>) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, String(decoding: host, as: UTF8.self), &address) == 1
    }

    /// `reg-name` and IPv4address (RFC 3986 §3.2.2).
    private static func isName(_ host: ArraySlice<UInt8>) -> Bool {
        var rest = host
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy({ ASCII.hexValue($0) != nil })
                else { return false }
            } else if !isNameCharacter(byte) {
                return false
            }
        }
        return true
    }

    /// `unreserved` and `sub-delims` (RFC 3986 §2), but for the comma, which separates the members of lists.
    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"),
            UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default: ASCII.isAlphanumeric(byte)
        }
    }
}
