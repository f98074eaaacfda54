import Foundation
import GANEngine
import Lab
import Testing

/// The store stays within its quota whatever is sent to it, and what has to go is what others miss least.
@Suite("The quota")
struct QuotaTests {
    private static let quota = 1_000_000

    private static func checkpoint(_ session: String) -> StoreChange {
        .checkpoint(StoredCheckpoint(session: session, step: 0, bytes: Array(repeating: 1, count: 30_000)))
    }

    private static func experiment(owner: OwnerToken.Hash, origin: [UInt8]? = nil) throws -> StoreChange {
        .experiment(
            try ExperimentRecord(
                title: "x", note: String(repeating: "n", count: 2_000),
                thumbnail: PNG.signature + [UInt8](repeating: 3, count: 60_000), recipe: Recipe(), step: 0,
                owner: owner, origin: origin))
    }

    @Test("It holds within one commit, however much waited for that")
    func batches() throws {
        let store = try SQLiteStore(limits: StoreLimits(bytes: Self.quota))
        let changes = (0..<200).flatMap { index in
            [.session(SessionRecord(id: "\(index)", recipe: Recipe())), Self.checkpoint("\(index)")]
        }
        try store.commit(changes)
        #expect(try store.usage().bytes <= Self.quota)
        #expect(throws: StoreError.self) {
            try store.commit((0..<50).map { _ in try Self.experiment(owner: OwnerToken().hash) })
        }
        #expect(try store.usage().experiments == 0, "all or none")
        #expect(try store.usage().bytes <= Self.quota)
    }

    @Test("The file on the disk stays near it, too")
    func files() throws {
        let folder = try TemporaryFolder()
        let quota = 4 << 20
        let queue = StoreQueue(try SQLiteStore(folder: folder.path, limits: StoreLimits(bytes: quota)))
        for index in 0..<2_000 {
            queue.submit([
                .session(SessionRecord(id: "\(index)", recipe: Recipe())), Self.checkpoint("\(index)"),
            ])
        }
        queue.drain()
        let bytes = try folder.files.reduce(0) {
            try $0 + FileManager.default.attributesOfItem(atPath: "\(folder.path)/\($1)")[.size].map {
                $0 as! Int
            }!
        }
        // The database, and a log of the largest commit.
        #expect(bytes < quota + quota / 8 + (6 << 20), "\(bytes)")
    }

    @Test("A flood from one address pushes out its own sessions, not those that others have worked on")
    func floods() throws {
        let store = try SQLiteStore(limits: StoreLimits(bytes: 300_000))
        let old = Date(timeIntervalSinceNow: -3_600)
        let others = (0..<20).map {
            SessionRecord(id: "other \($0)", recipe: Recipe(), origin: [UInt8($0)], updated: old)
        }
        try store.commit(others.map { .session($0) })
        for batch in 0..<40 {
            try store.commit(
                (0..<50).map { .session(SessionRecord(id: "\(batch) \($0)", recipe: Recipe(), origin: [99])) }
            )
        }
        let left = Set(try store.sessions().map(\.id))
        #expect(left.count < 2_020, "it was full")
        #expect(others.allSatisfy { left.contains($0.id) })
    }

    @Test("An edit is refused only when its reserve is used up as well, and says so")
    func reserve() throws {
        let store = try SQLiteStore(limits: StoreLimits(bytes: Self.quota))
        while (try? store.commit([try Self.experiment(owner: OwnerToken().hash)])) != nil {}
        var count = 0
        let refusal = #expect(throws: StoreError.self) {
            while count < 10_000 {
                try store.commit([.session(SessionRecord(id: "\(count)", recipe: Recipe(), isOpen: true))])
                count += 1
            }
        }
        guard case .overQuota = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(count > 10)
        #expect(try store.usage().bytes <= Self.quota + Self.quota / 8)
    }

    @Test("One browser saves so many experiments, and then deletes some first")
    func owners() throws {
        var limits = StoreLimits()
        limits.experimentsPerOwner = 3
        let store = try SQLiteStore(limits: limits)
        let owner = OwnerToken().hash
        for _ in 0..<3 { try store.commit([try Self.experiment(owner: owner)]) }
        #expect(throws: StoreError.tooMany(limit: 3)) {
            try store.commit([try Self.experiment(owner: owner)])
        }
        try store.commit([try Self.experiment(owner: OwnerToken().hash)])
        var saved = try #require(try store.experiments(.init()).experiments.first { $0.owner == owner })
        saved.title = "renamed"
        try store.commit([.experiment(saved)])
    }

    @Test("One address saves so many experiments, however many owners it makes up")
    func addresses() throws {
        var limits = StoreLimits()
        limits.experimentsPerAddress = 3
        let store = try SQLiteStore(limits: limits)
        let origin: [UInt8] = [1, 2, 3]
        for _ in 0..<3 { try store.commit([try Self.experiment(owner: OwnerToken().hash, origin: origin)]) }
        #expect(throws: StoreError.tooManyFromAddress(limit: 3)) {
            try store.commit([try Self.experiment(owner: OwnerToken().hash, origin: origin)])
        }
        try store.commit([try Self.experiment(owner: OwnerToken().hash, origin: [4, 5, 6])])
        var saved = try #require(try store.experiments(.init()).experiments.first { $0.origin == origin })
        saved.title = "renamed"
        try store.commit([.experiment(saved)])
    }

    @Test("The operator lists and deletes whatever is saved while a lab uses the folder")
    func operators() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(folder: folder.path)
        for index in 0..<3 {
            let record = try ExperimentRecord(
                title: "number \(index)", nickname: "Ada", recipe: Recipe(), step: 0,
                owner: OwnerToken().hash,
                created: Date(timeIntervalSince1970: 1_800_000_000 + Double(index)))
            try store.commit([.experiment(record)])
        }
        let gallery = try GalleryFolder(folder: folder.path)
        let entries = try gallery.entries()
        #expect(entries.map(\.title) == ["number 0", "number 1", "number 2"])
        #expect(entries.allSatisfy { $0.nickname == "Ada" && $0.bytes > 0 && $0.deleted == nil })
        #expect(try gallery.delete([entries[1].id, "nothing"]) == ["nothing"])
        #expect(try store.experiment(entries[1].id) == nil)
        #expect(try store.usage().experiments == 2)
        #expect(throws: StoreError.self) { try GalleryFolder(folder: "\(folder.path)/none") }
    }
}
