/// The name of a session, which is also the key to it: 128 random bits unless a page brings its own.
package struct SessionID: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz")
    private static let lengths = 16...64

    /// A new one that nobody can guess.
    package static func random() -> SessionID {
        SessionID(unchecked: String((0..<25).map { _ in alphabet.randomElement()! }))
    }

    /// One that somebody brings: 16 to 64 lower-case letters, digits and hyphens.
    package init?(_ text: String) {
        let isValid =
            Self.lengths.contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
        guard isValid else { return nil }
        description = text
    }

    private init(unchecked text: String) {
        description = text
    }
}

extension SessionID: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = SessionID(text) else {
            throw CommandError(
                .invalidSession, path: "session",
                "A session's name has 16 to 64 lower-case letters, digits and hyphens.")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
