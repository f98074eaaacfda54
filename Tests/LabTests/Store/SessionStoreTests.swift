import Foundation
import GANEngine
import Lab
import Testing

/// What the store promises about sessions, on disk and in memory alike.
@Suite struct SessionStoreTests {
    private static func edit(_ step: Int, _ rate: Double) -> Edit {
        Edit(step: step, change: .set(path: "generator.optimizer.learningRate", value: .number(rate)))
    }

    private static func record(_ id: String, updated: Date = Date(timeIntervalSince1970: 1_800_000_000))
        -> SessionRecord
    {
        var recipe = Recipe()
        recipe.settings.seed = 42
        recipe.timeline = [edit(5, 0.01)]
        return SessionRecord(
            id: id, recipe: recipe, step: 7, playing: true, speed: 12.5,
            origin: .init(session: "parent", step: 3), memo: "branches", updated: updated)
    }

    @Test func aSessionComesBackAsItWas() throws {
        let folder = try TemporaryFolder()
        let record = Self.record("a")
        do {
            let store = try SQLiteStore(folder: folder.path)
            try store.commit([.session(record)])
            #expect(try store.session("a") == record)
            #expect(try store.session("b") == nil)
        }
        let store = try SQLiteStore(folder: folder.path)
        #expect(store.notices.isEmpty)
        #expect(try store.session("a") == record)
    }

    @Test func theJournalIsAppliedInOrder() throws {
        let store = try SQLiteStore()
        var expected = Self.record("a")
        let other = Recipe()
        try store.commit([.session(expected)])
        let entries: [JournalEntry] = [
            .edited(Self.edit(9, 0.1)), .paced(playing: false, speed: nil), .moved(step: 6),
            .edited(Self.edit(6, 0.2)),
        ]
        try store.commit(entries.map { .journal(session: "a", $0) })
        for entry in entries { expected.apply(entry) }
        let stored = try #require(try store.session("a"))
        #expect(stored == expected)
        #expect(
            stored.recipe.timeline == [Self.edit(5, 0.01), Self.edit(6, 0.2)],
            "an edit in the past cuts the future off")
        #expect(stored.step == 6 && !stored.playing && stored.speed == nil)

        try store.commit([.journal(session: "a", .replaced(recipe: other, step: 0))])
        #expect(try store.session("a")?.recipe == other)
        #expect(try store.usage().journal == 5)
    }

    @Test func aNewRecordSettlesTheJournal() throws {
        let store = try SQLiteStore()
        var record = Self.record("a")
        try store.commit([.session(record), .journal(session: "a", .moved(step: 20))])
        record.apply(.moved(step: 20))
        try store.commit([.session(record)])
        #expect(try store.usage().journal == 0)
        #expect(try store.session("a") == record)
    }

    @Test func aCheckpointLivesAsLongAsItFitsTheRecipe() throws {
        let store = try SQLiteStore()
        let checkpoint = StoredCheckpoint(session: "a", step: 10, bytes: [1, 2, 3])
        try store.commit([.session(Self.record("a")), .checkpoint(checkpoint)])
        try store.commit([
            .journal(session: "a", .edited(Self.edit(10, 0.1))), .journal(session: "a", .moved(step: 2)),
        ])
        #expect(try store.checkpoint(ofSession: "a") == checkpoint)
        try store.commit([.session(Self.record("a"))])
        #expect(try store.checkpoint(ofSession: "a") == checkpoint)
        try store.commit([.journal(session: "a", .edited(Self.edit(9, 0.1)))])
        #expect(try store.checkpoint(ofSession: "a") == nil)

        try store.commit([.checkpoint(checkpoint)])
        try store.commit([.journal(session: "a", .replaced(recipe: Recipe(), step: 0))])
        #expect(try store.checkpoint(ofSession: "a") == nil)
    }

    @Test func removingASessionRemovesWhatBelongsToIt() throws {
        let store = try SQLiteStore()
        try store.commit([
            .session(Self.record("a")), .journal(session: "a", .moved(step: 1)),
            .checkpoint(StoredCheckpoint(session: "a", step: 1, bytes: [1])), .session(Self.record("b")),
        ])
        try store.commit([.removeSession("a")])
        let usage = try store.usage()
        #expect(usage.sessions == 1 && usage.journal == 0 && usage.checkpoints == 0)
    }

    @Test func aTransactionIsWholeOrNotAtAll() throws {
        let store = try SQLiteStore()
        #expect(throws: StoreError.unknown(id: "nobody")) {
            try store.commit([.session(Self.record("a")), .journal(session: "nobody", .moved(step: 1))])
        }
        #expect(try store.session("a") == nil)
    }

    @Test func summariesAreSortedByUse() throws {
        let store = try SQLiteStore()
        for (id, time) in [("old", 1.0), ("new", 3.0), ("middle", 2.0)] {
            try store.commit([.session(Self.record(id, updated: Date(timeIntervalSince1970: time)))])
        }
        #expect(try store.sessions().map(\.id) == ["new", "middle", "old"])
    }

    @Test func linksAreKeptOnce() throws {
        let store = try SQLiteStore()
        let bytes = [UInt8](repeating: 9, count: 10_000)
        let id = ShortID.of(bytes)
        try store.commit([.link(id: id, bytes: bytes), .link(id: id, bytes: bytes)])
        #expect(ShortID.isValid(id))
        #expect(try store.link(id) == bytes)
        #expect(try store.link("nothing") == nil)
        #expect(try store.usage().links == 1)
    }
}
