/// What stands in the address bar: the experiment itself, or the short id under which the store keeps one that is too
/// long for an address.
package enum LinkAddress: Hashable, Sendable {
    case whole(Link)
    /// The store holds ``Link/bytes`` under this id. The step is the one kept there unless it is given here.
    case short(String, step: Int?)

    /// The address of a link. If it is short, put what is ``kept`` into the store under its id.
    package init(_ link: Link) {
        let length = (link.bytes.count * 4 + 2) / 3
        self =
            length <= Link.maximumLength
            ? .whole(link) : .short(ShortID.of(Self.kept(of: link)), step: link.step)
    }

    /// The bytes to keep for a long link: the same ones for every step, or a run would fill the store as it goes on.
    package static func kept(of link: Link) -> [UInt8] {
        Link(recipe: link.recipe, step: 0).bytes
    }

    /// Reads what ``text`` wrote: `~`, the step with a dot behind it, the id.
    package init(text: some StringProtocol) throws(LinkError) {
        guard text.first == Self.mark else {
            self = .whole(try Link(text: text))
            return
        }
        let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        let id = String(parts.last ?? "")
        guard ShortID.isValid(id) else { throw id.utf8.count < ShortID.length ? .truncated : .malformed }
        // Links of the first labs have no step; theirs is kept with the rest.
        let step = parts.count == 2 ? Int(parts[0]) : nil
        guard parts.count == 1 || step.map({ $0 >= 0 }) == true else { throw .malformed }
        self = .short(id, step: step)
    }

    package var text: String {
        switch self {
        case .whole(let link): link.text
        case .short(let id, let step): "\(Self.mark)" + (step.map { "\($0)." } ?? "") + id
        }
    }

    /// The name under which the store keeps it, if it does.
    package var shortID: String? {
        if case .short(let id, _) = self { id } else { nil }
    }

    /// A character that URLs leave alone and base64url does not use.
    private static let mark: Character = "~"
}
