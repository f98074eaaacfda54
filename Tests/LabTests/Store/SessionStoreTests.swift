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
        var record = SessionRecord(
            id: id, recipe: recipe, step: 7, tip: 30, playing: true, speed: 12.5, updated: updated)
        record.apply(.turned(.edit(isUndoable: true, fork: .init(step: 7, label: "batch")), step: 7, tip: 30))
        record.apply(.compared(StoredTwin(recipe: recipe, label: "as it was")))
        return record
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
            .edited(Self.edit(6, 0.2)), .compared(nil),
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
        #expect(try store.usage().journal == 6)
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

    @Test func checkpointsLiveAsLongAsTheyFitTheRecipe() throws {
        let store = try SQLiteStore()
        let storedSteps = [4, 8].map { StoredCheckpoint(session: "a", step: $0, bytes: [9]) }
        let latest = StoredCheckpoint(session: "a", step: 10, bytes: [1, 2, 3])
        try store.commit([.session(Self.record("a")), .checkpoint(latest)] + storedSteps.map { .rung($0) })
        try store.commit([
            .journal(session: "a", .edited(Self.edit(10, 0.1))), .journal(session: "a", .moved(step: 2)),
        ])
        #expect(try store.checkpoints(ofSession: "a") == storedSteps + [latest])
        try store.commit([.session(Self.record("a"))])
        #expect(try store.checkpoints(ofSession: "a") == storedSteps + [latest])
        try store.commit([.journal(session: "a", .edited(Self.edit(8, 0.1)))])
        #expect(try store.checkpoints(ofSession: "a") == storedSteps)
        try store.commit([.removeRungs(session: "a", steps: [8, 9])])
        #expect(try store.checkpoints(ofSession: "a").map(\.step) == [4])

        try store.commit([.checkpoint(latest)])
        try store.commit([.journal(session: "a", .replaced(recipe: Recipe(), step: 6, shared: 5))])
        #expect(try store.checkpoints(ofSession: "a").map(\.step) == [4])
        try store.commit([.journal(session: "a", .replaced(recipe: Recipe(), step: 0))])
        #expect(try store.checkpoints(ofSession: "a").isEmpty)
    }

    @Test func chartsLiveAsLongAsTheyFitTheRecipe() throws {
        let store = try SQLiteStore()
        var chart = Chart()
        chart.record(ChartPoint(step: 9, discriminatorLoss: 1, generatorLoss: 2))
        try store.commit([.session(Self.record("a")), .chart(session: "a", chart)])
        try store.commit([.journal(session: "a", .edited(Self.edit(9, 0.1)))])
        #expect(try store.chart(ofSession: "a")?.bytes == chart.bytes)
        try store.commit([.journal(session: "a", .edited(Self.edit(8, 0.1)))])
        #expect(try store.chart(ofSession: "a") == nil)
    }

    @Test func progressChangesNothingElse() throws {
        let store = try SQLiteStore()
        try store.commit([.session(Self.record("a")), .progress(session: "a", step: 40, tip: 50)])
        let stored = try #require(try store.session("a"))
        var expected = Self.record("a", updated: stored.updated)
        (expected.step, expected.tip) = (40, 50)
        #expect(stored == expected)
        #expect(throws: StoreError.unknown(id: "b")) {
            try store.commit([.progress(session: "b", step: 1, tip: 1)])
        }
    }

    @Test func whatWasChangedTwiceAtOneStepWasChangedOnce() throws {
        let store = try SQLiteStore()
        try store.commit([.session(SessionRecord(id: "a", recipe: Recipe()))])
        try store.commit(
            [0.1, 0.2, 0.3].map { .journal(session: "a", .edited(Self.edit(6, $0))) })
        let lived = try Experiment(Recipe())
        try lived.run(steps: 6)
        for rate in [0.1, 0.2, 0.3] { try lived.edit(Self.edit(6, rate).change) }
        #expect(try store.session("a")?.recipe == lived.recipe)
        #expect(lived.recipe.timeline == [Self.edit(6, 0.3)])
    }

    @Test func nothingIsOpenWhenTheStoreIs() throws {
        let folder = try TemporaryFolder()
        do {
            let store = try SQLiteStore(folder: folder.path)
            try store.commit([.session(SessionRecord(id: "a", recipe: Recipe(), isOpen: true))])
            #expect(try store.session("a")?.isOpen == true)
        }
        #expect(try SQLiteStore(folder: folder.path).session("a")?.isOpen == false)
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
