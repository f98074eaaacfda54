/// The parts of a representation that a Range field asks for (RFC 9110 §14).
package enum ByteRanges: Equatable {
    /// No Range, or one that is to be ignored.
    case whole
    /// In the order asked, each within the representation.
    case parts([Range<Int>])
    /// None of them lies within the representation: 416.
    case unsatisfiable

    /// More ranges than this, or ranges that overlap, are how a server is made to send much for little (§14.2).
    private static let limit = 16

    package init(_ field: String?, length: Int) {
        self = .whole
        guard let field, let equals = field.firstIndex(of: "="),
            ASCII.equalIgnoringCase(field[..<equals], "bytes")
        else { return }
        let members = ASCII.list(String(field[field.index(after: equals)...]))
        guard !members.isEmpty, members.count <= Self.limit else { return }
        var parts: [Range<Int>] = []
        for member in members {
            guard let range = Self.range(member, length: length) else { return }
            if !range.isEmpty { parts.append(range) }
        }
        if parts.isEmpty {
            self = .unsatisfiable
        } else if !Self.overlap(parts) {
            self = .parts(parts)
        }
    }

    /// `first-last`, `first-` or `-suffix`; empty if outside, nil if malformed.
    private static func range(_ text: Substring, length: Int) -> Range<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        if ends[0].isEmpty {
            guard let suffix = number(ends[1]) else { return nil }
            return max(0, length - suffix)..<length
        }
        guard let first = number(ends[0]) else { return nil }
        var end = length
        if !ends[1].isEmpty {
            guard let last = number(ends[1]), last >= first else { return nil }
            end = min(length, last == .max ? .max : last + 1)
        }
        return first < end ? first..<end : 0..<0
    }

    /// Digits only; what does not fit is as good as the largest number.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(ASCII.isDigit) else { return nil }
        return Int(text) ?? .max
    }

    private static func overlap(_ parts: [Range<Int>]) -> Bool {
        let sorted = parts.sorted { $0.lowerBound < $1.lowerBound }
        return zip(sorted, sorted.dropFirst()).contains { $0.upperBound > $1.lowerBound }
    }
}
