/// What stands in the address bar: the experiment itself, or the short id under which the store keeps one that is too
/// long for an address.
package enum LinkAddress: Hashable, Sendable {
    case whole(Link)
    /// The store holds ``Link/bytes`` under this id.
    case short(String)

    /// The address of a link. If it is short, put the link's bytes into the store under its id.
    package init(_ link: Link) {
        let bytes = link.bytes
        let length = (bytes.count * 4 + 2) / 3
        self = length <= Link.maximumLength ? .whole(link) : .short(ShortID.of(bytes))
    }

    /// Reads what ``text`` wrote.
    package init(text: some StringProtocol) throws(LinkError) {
        guard text.first == Self.mark else {
            self = .whole(try Link(text: text))
            return
        }
        let id = String(text.dropFirst())
        guard ShortID.isValid(id) else { throw id.utf8.count < ShortID.length ? .truncated : .malformed }
        self = .short(id)
    }

    package var text: String {
        switch self {
        case .whole(let link): link.text
        case .short(let id): "\(Self.mark)\(id)"
        }
    }

    /// A character that URLs leave alone and base64url does not use.
    private static let mark: Character = "~"
}
