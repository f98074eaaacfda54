import FoundationEssentials
import GANEngine

/// What somebody writes about an experiment. What is left out stays as it was.
struct GalleryWords: Decodable, Sendable {
    /// The session to save, when it is saved first.
    var session: String?
    var title: String?
    var note: String?
    var nickname: String?
    var tags: [String]?

    /// The record with these words.
    func applied(to record: ExperimentRecord) throws(ExperimentRecord.Refusal) -> ExperimentRecord {
        var record = record
        record.title = title ?? record.title
        record.note = note ?? record.note
        record.nickname = nickname ?? record.nickname
        record.tags = tags ?? record.tags
        try record.validate()
        return record
    }
}

/// A page of the gallery as JSON.
struct GalleryPage: Encodable {
    struct Entry: Encodable {
        let id: String
        let title: String
        let note: String
        let nickname: String
        let tags: [String]
        let step: Int
        /// Seconds since 1970.
        let created: Int
        let link: String
        /// Whether who asks may change it.
        let own: Bool
    }

    let total: Int
    let experiments: [Entry]

    init(_ page: ExperimentPage, seenBy owner: OwnerToken.Hash?) {
        total = page.total
        experiments = page.experiments.map { record in
            Entry(
                id: record.id, title: record.title, note: record.note, nickname: record.nickname,
                tags: record.tags, step: record.step,
                created: Int(clamping: record.created.timeIntervalSince1970),
                link: record.link.text,
                own: record.owner == owner)
        }
    }
}
