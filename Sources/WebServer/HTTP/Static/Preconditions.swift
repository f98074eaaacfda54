/// Conditional requests (RFC 9110 §13), in the order of precedence of §13.2.2.
package struct Preconditions {
    package enum Verdict: Equatable {
        case proceed
        case notModified
        case failed
    }

    private let headers: Headers
    private let etag: String
    private let modified: Int?

    /// `etag` is strong, with its quotes; `modified` in seconds since 1970, nil for what has no such date.
    package init(_ headers: Headers, etag: String, modified: Int?) {
        self.headers = headers
        self.etag = etag
        self.modified = modified
    }

    /// For GET and HEAD.
    package var verdict: Verdict {
        let matches = headers.values(of: "If-Match")
        if !matches.isEmpty {
            guard Self.contains(etag, in: matches, weakly: false) else { return .failed }
        } else if let modified, let date = headers.single("If-Unmodified-Since").flatMap(HTTPDate.parse),
            modified > date
        {
            return .failed
        }
        let noneMatches = headers.values(of: "If-None-Match")
        if !noneMatches.isEmpty {
            return Self.contains(etag, in: noneMatches, weakly: true) ? .notModified : .proceed
        }
        if let modified, let date = headers.single("If-Modified-Since").flatMap(HTTPDate.parse),
            modified <= date
        {
            return .notModified
        }
        return .proceed
    }

    /// Whether a Range field counts (§13.1.5): If-Range must name this very representation, by strong tag or by
    /// exact date.
    package var allowsRange: Bool {
        guard headers.has("If-Range") else { return true }
        guard let condition = headers.single("If-Range") else { return false }
        if condition.contains("\"") { return condition == etag }
        return modified != nil && HTTPDate.parse(condition) == modified
    }

    private static func contains(_ etag: String, in values: [String], weakly: Bool) -> Bool {
        values.flatMap(tags).contains { tag in
            if tag == "*" || tag == etag { return true }
            return weakly && tag.hasPrefix("W/") && tag.dropFirst(2) == etag
        }
    }

    /// A list of entity tags, which may hold commas between their quotes.
    private static func tags(_ text: String) -> [Substring] {
        var tags: [Substring] = []
        var isQuoted = false
        var start = text.startIndex
        for index in text.indices {
            if text[index] == "\"" { isQuoted.toggle() }
            if text[index] == ",", !isQuoted {
                tags.append(ASCII.trimmed(text[start..<index]))
                start = text.index(after: index)
            }
        }
        return tags + [ASCII.trimmed(text[start...])]
    }
}
