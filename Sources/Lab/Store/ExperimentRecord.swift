import FoundationEssentials
import GANEngine

/// A saved experiment, as the gallery shows it.
package struct ExperimentRecord: Hashable, Sendable {
    package let id: String
    package var title: String
    package var note: String
    /// Whoever saved it, in their own words.
    package var nickname: String
    package var tags: [String]
    /// A small PNG, or empty.
    package var thumbnail: [UInt8]
    package var recipe: Recipe
    package var step: Int
    /// Only who holds the token with this hash may rename or delete it.
    package let owner: OwnerToken.Hash
    /// Stands for the address it was saved from, so that no address fills the gallery; nil if that is not known.
    package let origin: [UInt8]?
    package let created: Date
    /// When it was deleted; until it is swept it can be restored.
    package var deleted: Date?

    /// - Throws: ``Refusal`` naming the first property that is out of bounds.
    package init(
        id: String = ShortID.random(), title: String, note: String = "", nickname: String = "",
        tags: [String] = [],
        thumbnail: [UInt8] = [], recipe: Recipe, step: Int, owner: OwnerToken.Hash,
        origin: [UInt8]? = nil, created: Date = .now
    ) throws(Refusal) {
        self.init(
            stored: id, title: "", note: "", nickname: "", tags: [], thumbnail: thumbnail,
            recipe: recipe, step: step, owner: owner, origin: origin, created: created, deleted: nil)
        (self.title, self.note, self.nickname, self.tags) = (title, note, nickname, tags)
        try validate()
    }

    /// Rebuilds what was stored, maybe before there was a limit to its texts.
    init(
        stored id: String, title: String, note: String, nickname: String, tags: [String], thumbnail: [UInt8],
        recipe: Recipe, step: Int, owner: OwnerToken.Hash, origin: [UInt8]?, created: Date, deleted: Date?
    ) {
        self.id = id
        self.title = Self.titleLimit.shortened(title)
        self.note = Self.noteLimit.shortened(note)
        self.nickname = Self.nicknameLimit.shortened(nickname)
        self.tags = tags.prefix(Self.mostTags).map(Self.tagLimit.shortened)
        self.thumbnail = thumbnail
        self.recipe = recipe
        self.step = step
        self.owner = owner
        self.origin = origin
        self.created = created
        self.deleted = deleted
    }

    /// Where it is opened.
    var link: LinkAddress { LinkAddress(Link(recipe: recipe, step: step)) }

    /// Call after changing a property.
    package func validate() throws(Refusal) {
        try Self.check("title", title, Self.titleLimit)
        try Self.check("note", note, Self.noteLimit)
        try Self.check("nickname", nickname, Self.nicknameLimit)
        guard tags.count <= Self.mostTags else {
            throw Refusal(property: "tags", message: "At most \(Self.mostTags) tags.")
        }
        for tag in tags { try Self.check("tags", tag, Self.tagLimit) }
        guard thumbnail.count <= Self.maximumThumbnail else {
            throw Refusal(
                property: "thumbnail", message: "A thumbnail has at most \(Self.maximumThumbnail) bytes.")
        }
        guard thumbnail.isEmpty || thumbnail.starts(with: PNG.signature) else {
            throw Refusal(property: "thumbnail", message: "A thumbnail is a PNG picture.")
        }
    }

    private static let titleLimit = TextLimit(1...80)
    private static let noteLimit = TextLimit(0...2_000)
    private static let nicknameLimit = TextLimit(0...40)
    private static let tagLimit = TextLimit(1...24)
    private static let mostTags = 8
    /// Bytes.
    package static let maximumThumbnail = 64 * 1_024

    /// Why an experiment was not saved.
    package struct Refusal: Error, Hashable, Sendable {
        package let property: String
        package let message: String
    }

    private static func check(_ property: String, _ text: String, _ limit: TextLimit) throws(Refusal) {
        if let complaint = limit.complaint(about: text) {
            throw Refusal(property: property, message: "\(property): \(complaint).")
        }
        // A line break belongs in a note; any other control character belongs nowhere.
        let isControl = { (scalar: Unicode.Scalar) in
            scalar.properties.generalCategory == .control && !(property == "note" && scalar == "\n")
        }
        guard !text.unicodeScalars.contains(where: isControl) else {
            throw Refusal(property: property, message: "\(property): no control characters.")
        }
    }
}

/// Which part of the gallery to show.
package struct ExperimentQuery: Hashable, Sendable {
    package enum Order: String, CaseIterable, Hashable, Sendable {
        case newest, oldest, title
    }

    /// Every word must occur in the title, the note, the nickname or a tag.
    package var search = ""
    /// Only experiments that carry this tag.
    package var tag: String?
    package var order = Order.newest
    package var offset = 0
    /// At most 100.
    package var limit = 24

    package init(
        search: String = "", tag: String? = nil, order: Order = .newest, offset: Int = 0, limit: Int = 24
    ) {
        self.search = search
        self.tag = tag
        self.order = order
        self.offset = offset
        self.limit = limit
    }
}

/// A page of the gallery, and how many experiments match in all.
package struct ExperimentPage: Hashable, Sendable {
    package let experiments: [ExperimentRecord]
    package let total: Int

    package init(experiments: [ExperimentRecord], total: Int) {
        self.experiments = experiments
        self.total = total
    }
}
