/// What the access log says of a request's target: which route it was, and nothing that opens a session or an experiment.
package enum LoggedTarget {
    private static let mask: Substring = "*"

    /// Masks every segment of the path that could be a session's name, and every value of the query.
    package static func masked(_ target: String) -> String {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].split(separator: "/", omittingEmptySubsequences: false).map { segment in
            // What is percent-encoded could be anything.
            SessionID(String(segment)) != nil || segment.utf8.contains(UInt8(ascii: "%")) ? mask : segment
        }.joined(separator: "/")
        return parts.count == 1 ? path : "\(path)?\(maskedQuery(parts[1]))"
    }

    private static func maskedQuery(_ query: Substring) -> String {
        query.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            let name = pair.prefix { $0 != "=" }
            // Without a name, it is all value.
            return name.endIndex == pair.endIndex ? mask : "\(name)=\(mask)"
        }.joined(separator: "&")
    }
}
