import COpenSSL

/// The secret that a browser keeps to prove that a session or a saved experiment is its own.
///
/// The store keeps the hash alone, so that reading the database lets nobody change what is not theirs.
package struct OwnerToken: Hashable, Sendable {
    /// 32 random bytes as base64url.
    package let text: String

    package init() {
        var generator = SystemRandomNumberGenerator()
        text = Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// The token as the page sent it back; nil if it cannot be one.
    package init?(_ text: String) {
        guard Base64URL.decode(text)?.count == 32 else { return nil }
        self.text = text
    }

    /// SHA-256 (FIPS 180-4) of the token's text.
    package var hash: Hash { Hash(bytes: Digest.sha256(text.utf8)) }

    package struct Hash: Hashable, Sendable, Codable {
        package let bytes: [UInt8]

        /// Takes as long wherever the two differ, so that its duration says nothing of the other hash.
        package static func == (one: Hash, other: Hash) -> Bool {
            one.bytes.count == other.bytes.count
                && zip(one.bytes, other.bytes).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
        }
    }
}

extension OwnerToken: Decodable {
    package init(from decoder: any Decoder) throws {
        guard let token = OwnerToken(try decoder.singleValueContainer().decode(String.self)) else {
            throw CommandError(.malformed, path: "owner", "owner must hold 32 random bytes as base64url.")
        }
        self = token
    }
}

/// Message digests.
enum Digest {
    /// FIPS 180-4.
    static func sha256(_ message: some Sequence<UInt8>) -> [UInt8] {
        let message = Array(message)
        return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, count in
            SHA256(message, message.count, buffer.baseAddress)
            count = Int(SHA256_DIGEST_LENGTH)
        }
    }
}
