import Foundation
import GANEngine
import Lab
import Testing

/// Saved experiments: found, changed, deleted and brought back.
@Suite struct GalleryStoreTests {
    private static func experiment(
        _ title: String, note: String = "", tags: [String] = [], age: TimeInterval = 0
    ) throws -> ExperimentRecord {
        try ExperimentRecord(
            title: title, note: note, nickname: "Ada", tags: tags, thumbnail: PNG.signature, recipe: Recipe(),
            step: 3,
            owner: OwnerToken().hash, created: Date(timeIntervalSince1970: 1_800_000_000 - age))
    }

    @Test func anExperimentComesBackAsItWasSaved() throws {
        let store = try SQLiteStore()
        var saved = try Self.experiment(
            "Ring, healthy", note: "β₁ = 0.5\nsecond line", tags: ["ring", "adam"])
        try store.commit([.experiment(saved)])
        #expect(try store.experiment(saved.id) == saved)
        saved.title = "Renamed"
        try saved.validate()
        try store.commit([.experiment(saved)])
        #expect(try store.experiment(saved.id) == saved)
        #expect(try store.usage().experiments == 1)
    }

    @Test func theGalleryIsSearchedSortedAndPaged() throws {
        let store = try SQLiteStore()
        let saved = [
            try Self.experiment("beta", note: "100% sure", tags: ["ring"], age: 10),
            try Self.experiment("Alpha", note: "100 runs", tags: ["ring", "collapse"], age: 20),
            try Self.experiment("gamma_1", tags: ["ring8"], age: 30),
        ]
        try store.commit(saved.map { .experiment($0) })
        func titles(_ query: ExperimentQuery) throws -> [String] {
            try store.experiments(query).experiments.map(\.title)
        }

        #expect(try titles(.init()) == ["beta", "Alpha", "gamma_1"])
        #expect(try titles(.init(order: .oldest)) == ["gamma_1", "Alpha", "beta"])
        #expect(try titles(.init(order: .title)) == ["Alpha", "beta", "gamma_1"])
        #expect(try titles(.init(search: "alp ADA")) == ["Alpha"], "all words, any case, any property")
        #expect(try titles(.init(search: "100%")) == ["beta"], "% is a character, not a wildcard")
        #expect(try titles(.init(search: "a_1")) == ["gamma_1"])
        #expect(try titles(.init(search: "'; DROP TABLE experiments")) == [])
        #expect(try titles(.init(tag: "ring")) == ["beta", "Alpha"], "a tag, not the beginning of one")
        let page = try store.experiments(.init(offset: 1, limit: 1))
        #expect(page.experiments.map(\.title) == ["Alpha"] && page.total == 3)
    }

    @Test func aDeletedExperimentCanBeRestoredUntilItIsSwept() throws {
        let store = try SQLiteStore()
        let saved = try Self.experiment("x")
        try store.commit([.experiment(saved), .trashExperiment(saved.id, at: .now)])
        #expect(try store.experiments(.init()).total == 0)
        #expect(try store.experiment(saved.id)?.deleted != nil)
        try store.sweep(StoreLimits())
        try store.commit([.restoreExperiment(saved.id)])
        #expect(try store.experiments(.init()).experiments == [saved])

        try store.commit([.trashExperiment(saved.id, at: .now.addingTimeInterval(-8 * StoreLimits.day))])
        try store.sweep(StoreLimits())
        #expect(try store.experiment(saved.id) == nil)
        #expect(throws: StoreError.unknown(id: saved.id)) { try store.commit([.restoreExperiment(saved.id)]) }
    }

    @Test(arguments: [
        ("title", "", "", [String](), [UInt8]()),
        ("title", String(repeating: "x", count: 81), "", [], []),
        ("title", "a\u{0}b", "", [], []),
        ("title", "a\nb", "", [], []),
        ("note", "x", String(repeating: "x", count: 2_001), [], []),
        ("tags", "x", "", Array(repeating: "t", count: 9), []),
        ("tags", "x", "", [""], []),
        ("thumbnail", "x", "", [], Array("<svg>".utf8)),
        ("thumbnail", "x", "", [], PNG.signature + Array(repeating: 0, count: 70_000)),
    ])
    func whatIsOutOfBoundsIsNamed(
        property: String, title: String, note: String, tags: [String], thumbnail: [UInt8]
    ) throws {
        let refusal = #expect(throws: ExperimentRecord.Refusal.self) {
            try ExperimentRecord(
                title: title, note: note, tags: tags, thumbnail: thumbnail, recipe: Recipe(), step: 0,
                owner: OwnerToken().hash)
        }
        #expect(refusal?.property == property)
    }

    @Test func ownersAreKnownByTheirToken() throws {
        let token = OwnerToken()
        #expect(OwnerToken(token.text)?.hash == token.hash)
        #expect(OwnerToken().hash != token.hash)
        #expect(OwnerToken("") == nil && OwnerToken(token.text + "=") == nil)
    }
}
