/// Short names that people can copy: 10 characters of base64url, 60 bits.
package enum ShortID {
    static let length = 10

    /// A name that nobody can guess from another.
    package static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(
            Base64URL.encode((0..<8).map { _ in .random(in: .min ... .max, using: &generator) }).prefix(
                length))
    }

    /// The name that follows from the content, so that the same drawing is kept once.
    package static func of(_ content: [UInt8]) -> String {
        String(Base64URL.encode(Digest.sha256(content)).prefix(length))
    }

    /// Whether this could be one of ours.
    package static func isValid(_ text: String) -> Bool {
        text.utf8.count == length && text.utf8.allSatisfy(Base64URL.isDigit)
    }
}
