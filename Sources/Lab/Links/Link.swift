import GANEngine

/// A whole experiment as text for an address bar: the recipe with its timeline, and the step to show.
///
/// Lossless: opening a link gives the same recipe and so, bit for bit, the same weights.
///
///     text     base64url without padding (RFC 4648, section 5) of
///       u8       version
///       varint   length of the content
///       u32      CRC-32 of the content, little-endian
///       content  as its version says: see ``LinkContent``
///
/// A version, once published, is read for ever; `LinkCompatibilityTests` holds links that must not stop working.
package struct Link: Hashable, Sendable {
    package var recipe: Recipe
    package var step: Int

    package init(recipe: Recipe, step: Int) {
        self.recipe = recipe
        self.step = step
    }

    /// Characters up to which a link goes into an address; browsers, chats and mail carry that much. A longer one
    /// is kept in the store under a short id (see ``LinkAddress``).
    package static let maximumLength = 8_000

    /// Bytes of the longest link that is kept in the store.
    package static let maximumBytes = 1 << 20

    // MARK: Text

    package var text: String { Base64URL.encode(bytes) }

    package init(text: some StringProtocol) throws(LinkError) {
        guard text.utf8.count <= Self.maximumLength else { throw .tooLong(limit: Self.maximumLength) }
        guard let bytes = Base64URL.decode(text) else {
            let foreign = text.first { !$0.utf8.allSatisfy(Base64URL.isDigit) }
            throw foreign.map { .foreignCharacter($0) } ?? .truncated
        }
        try self.init(bytes: bytes)
    }

    // MARK: Bytes

    package var bytes: [UInt8] {
        let table = LinkTable.shortest(for: recipe.settings)
        let content = LinkContent(table: table).encode(self)
        var writer = ByteWriter()
        writer.write(table.version)
        writer.write(varint: UInt64(content.count))
        writer.write(CRC32.of(content))
        writer.write(content)
        return writer.bytes
    }

    package init(bytes: [UInt8]) throws(LinkError) {
        guard let version = bytes.first else { throw .empty }
        guard bytes.count <= Self.maximumBytes else { throw .tooLarge }
        guard let table = LinkTable.all.first(where: { $0.version == version }) else {
            throw .unknownVersion(Int(version))
        }
        self = try LinkContent(table: table).decode(try Self.content(bytes))
    }

    /// What stands behind version, length and checksum.
    private static func content(_ bytes: [UInt8]) throws(LinkError) -> [UInt8] {
        var reader = ByteReader(Array(bytes.dropFirst()))
        let length: UInt64
        let checksum: UInt32
        do {
            length = try reader.varint()
            checksum = try reader.fixed(UInt32.self)
        } catch {
            throw .truncated
        }
        guard reader.remaining >= length else { throw .truncated }
        guard reader.remaining == length else { throw .damaged }
        let content = Array(bytes.suffix(Int(length)))
        guard CRC32.of(content) == checksum else { throw .damaged }
        return content
    }
}
