import Foundation
import GANEngine
import GRDB
import Lab
import Testing

/// Bad folders, full disks, damaged files: a clear error each, and nothing else lost.
@Suite struct DamageTests {
    private static func record(_ id: String) -> SessionRecord { SessionRecord(id: id, recipe: Recipe()) }

    @Test(arguments: [0, 1, 2])
    func aDamagedDatabaseIsSetAside(kind: Int) throws {
        let folder = try TemporaryFolder()
        let file = "\(folder.path)/ganlab.sqlite"
        do {
            let store = try SQLiteStore(folder: folder.path)
            try store.commit((0..<200).map { .session(Self.record("session \($0)")) })
        }
        var bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
        switch kind {
        case 0: bytes = Array("this is no database".utf8) + Array(repeating: 0, count: 2_000)
        case 1: for index in 5_000..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
        default: bytes.removeLast(bytes.count / 2)
        }
        try Data(bytes).write(to: URL(filePath: file))
        try Data("keep me".utf8).write(to: URL(filePath: "\(folder.path)/ganlab.sqlite.damaged"))

        let store = try SQLiteStore(folder: folder.path)
        #expect(store.notices.count == 1)
        #expect(store.notices.first?.contains("\(file).damaged-2") == true)
        #expect(try [UInt8](Data(contentsOf: URL(filePath: "\(file).damaged-2"))) == bytes)
        #expect(try Data(contentsOf: URL(filePath: "\(file).damaged")) == Data("keep me".utf8))
        try store.commit([.session(Self.record("new"))])
        #expect(try store.sessions().map(\.id) == ["new"])
    }

    @Test func aDatabaseFromTheFutureIsLeftAlone() throws {
        let folder = try TemporaryFolder()
        let file = "\(folder.path)/ganlab.sqlite"
        _ = try SQLiteStore(folder: folder.path)
        try DatabaseQueue(path: file).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')")
        }
        #expect(throws: StoreError.newer(path: file)) { try SQLiteStore(folder: folder.path) }
        #expect(folder.files.contains("ganlab.sqlite"))
    }

    @Test func oneProcessAtATime() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(folder: folder.path)
        #expect(throws: StoreError.inUse(path: folder.path)) { try SQLiteStore(folder: folder.path) }
        try store.commit([.session(Self.record("a"))])
    }

    @Test func aFileInTheWayIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/file"
        try Data().write(to: URL(filePath: path))
        let error = #expect(throws: StoreError.self) { try SQLiteStore(folder: path) }
        #expect(error == .cannotOpen(path: path, reason: "it is not a folder"))
        let below = #expect(throws: StoreError.self) { try SQLiteStore(folder: "\(path)/below") }
        #expect(below == .cannotOpen(path: "\(path)/below", reason: "it is not a folder"))
    }

    @Test func foldersAreCreated() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(folder: "\(folder.path)/a/b/")
        try store.commit([.session(Self.record("a"))])
    }

    @Test func aReadOnlyFolderIsNamed() throws {
        // Root may write anywhere on a disk, but nobody can in /proc.
        let path = getuid() == 0 ? "/proc/ganlab" : "/usr/ganlab"
        let error = #expect(throws: StoreError.self) { try SQLiteStore(folder: path) }
        let text = try #require(error).description
        #expect(text.contains(path) && text.contains("data folder"))
    }

    @Test func aFullDiskLosesNothing() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(folder: folder.path)
        try store.commit([.session(Self.record("a"))])
        // SQLite reports a file that may not grow exactly as a disk that is full.
        try store.limitPages(40)
        let big = StoredCheckpoint(session: "a", step: 0, bytes: Array(repeating: 1, count: 1_000_000))
        #expect(throws: StoreError.diskFull) {
            try store.commit([.session(Self.record("b")), .checkpoint(big)])
        }
        #expect(try store.session("b") == nil)
        #expect(try store.session("a") != nil)
        try store.limitPages(1 << 30)
        try store.commit([.session(Self.record("b")), .checkpoint(big)])
        #expect(try store.checkpoints(ofSession: "a") == [big])
    }

    @Test func aBackupIsACompleteStore() throws {
        let folder = try TemporaryFolder()
        let copy = try TemporaryFolder()
        let store = try SQLiteStore(folder: folder.path)
        try store.commit([.session(Self.record("a"))])
        try store.backup(to: "\(copy.path)/ganlab.sqlite")
        // The same, from outside, while the server holds the folder.
        try SQLiteStore.backup(folder: folder.path, to: "\(copy.path)/again.sqlite")
        #expect(copy.files == ["ganlab.sqlite", "again.sqlite"])
        #expect(throws: StoreError.alreadyExists(path: "\(copy.path)/again.sqlite")) {
            try store.backup(to: "\(copy.path)/again.sqlite")
        }
        #expect(throws: StoreError.self) { try store.backup(to: "\(copy.path)/none/x.sqlite") }
        #expect(try SQLiteStore(folder: copy.path).session("a") == store.session("a"))
    }

    @Test func theQuotaTakesCheckpointsThenSessionsAndNeverWhatWasSaved() throws {
        let store = try SQLiteStore(limits: StoreLimits(bytes: 1_000_000))
        let saved = try ExperimentRecord(title: "kept", recipe: Recipe(), step: 0, owner: OwnerToken().hash)
        try store.commit([.experiment(saved)])
        for index in 0..<100 {
            let id = "session \(index)"
            let record = SessionRecord(
                id: id, recipe: Recipe(), updated: Date(timeIntervalSinceNow: Double(index)))
            try store.commit([
                .session(record),
                .checkpoint(
                    StoredCheckpoint(session: id, step: 0, bytes: Array(repeating: 1, count: 30_000))),
            ])
        }
        let usage = try store.usage()
        #expect(usage.bytes < 1_100_000)
        #expect(usage.sessions == 100 && usage.checkpoints > 8, "sessions stay while checkpoints can go")
        #expect(try store.checkpoints(ofSession: "session 99").count == 1, "the oldest go first")
        #expect(try store.experiment(saved.id) != nil)

        var full: StoreError?
        var filler: [ExperimentRecord] = []
        for index in 0..<30 where full == nil {
            let thumbnail = PNG.signature + [UInt8](repeating: 3, count: 60_000)
            let record = try ExperimentRecord(
                title: "\(index)", thumbnail: thumbnail, recipe: Recipe(), step: 0, owner: OwnerToken().hash)
            do throws(StoreError) {
                try store.commit([.experiment(record)])
                filler.append(record)
            } catch {
                full = error
            }
        }
        guard case .overQuota(let used, 1_000_000) = full else {
            Issue.record("the quota was never reached: \(String(describing: full))")
            return
        }
        #expect(used > 1_000_000)
        for record in [saved] + filler {
            #expect(try store.experiment(record.id)?.title == record.title)
        }
        try store.commit([
            .session(Self.record("still possible")), .journal(session: "still possible", .moved(step: 1)),
        ])
    }

    @Test func oldSessionsAreForgottenUnlessTheyAreInUse() throws {
        let store = try SQLiteStore()
        let old = Date.now.addingTimeInterval(-91 * StoreLimits.day)
        try store.commit([
            .session(SessionRecord(id: "old", recipe: Recipe(), updated: old)),
            .session(SessionRecord(id: "in use", recipe: Recipe(), isOpen: true, updated: old)),
            .session(Self.record("new")),
        ])
        #expect(try store.sweep(StoreLimits()).sessions == 2)
        #expect(try Set(store.sessions().map(\.id)) == ["new", "in use"])
    }

    @Test func aFullStoreForgetsLinksThatNobodySavedOrFollowed() throws {
        let store = try SQLiteStore(limits: StoreLimits(bytes: 1_000_000))
        var recipe = Recipe()
        let points = (0..<4_000).map { Point(Float($0 * $0 % 3_989) / 3_989, Float($0) / 4_001) }
        recipe.settings.target = .points(points, transform: Transform(scale: 1, offset: Point(0, 0)))
        let saved = try ExperimentRecord(title: "kept", recipe: recipe, step: 9, owner: OwnerToken().hash)
        let address = LinkAddress(Link(recipe: recipe, step: 9))
        let id = try #require(address.shortID)
        let kept = LinkAddress.kept(of: Link(recipe: recipe, step: 9))
        try store.commit([.link(id: id, bytes: kept), .experiment(saved)])
        let bytes = [UInt8](repeating: 3, count: 20_000)
        for index in 0..<100 { try store.commit([.link(id: "link \(index)", bytes: bytes)]) }
        #expect(try store.usage().bytes < 1_100_000)
        #expect(try store.link(id) == kept, "the gallery's links stay")
        #expect(try store.link("link 99") == bytes)
        #expect(try store.link("link 0") == nil, "those used longest ago went")
    }
}
