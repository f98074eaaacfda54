/// Whether a client takes gzip (RFC 9110 §12.5.3).
package enum AcceptEncoding {
    /// gzip is used if it is named, or covered by `*`, with a weight above nothing and not below identity's.
    package static func prefersGzip(_ values: [String]) -> Bool {
        var gzip: Int?
        var identity: Int?
        var any: Int?
        for member in values.flatMap(ASCII.list) {
            let parts = member.split(separator: ";", maxSplits: 1).map { ASCII.trimmed($0) }
            guard let coding = parts.first else { continue }
            let weight = parts.count > 1 ? weight(parts[1]) : 1000
            guard let weight else { continue }
            switch coding.lowercased() {
            case "gzip", "x-gzip": gzip = weight
            case "identity": identity = weight
            case "*": any = weight
            default: break
            }
        }
        guard let chosen = gzip ?? any, chosen > 0 else { return false }
        return chosen >= identity ?? 0
    }

    /// `q=` and a number from 0 to 1 with at most three decimals, in thousandths; nil if malformed.
    private static func weight(_ text: Substring) -> Int? {
        let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2, pair[0] == "q" || pair[0] == "Q" else { return nil }
        let number = pair[1].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard number[0] == "0" || number[0] == "1" else { return nil }
        var thousandths = number[0] == "1" ? 1000 : 0
        if number.count == 2 {
            guard number[1].utf8.count <= 3, number[1].utf8.allSatisfy(ASCII.isDigit) else { return nil }
            let padded = number[1] + String(repeating: "0", count: 3 - number[1].utf8.count)
            thousandths += Int(padded) ?? 0
        }
        return thousandths <= 1000 ? thousandths : nil
    }
}
