import Foundation
import GANEngine
import GRDB
import Lab
import Testing

/// Whatever stands in the database is read as if a stranger had written it, and one session never takes others along.
@Suite("What is read back from the store", .serialized)
struct StrangeRecordTests {
    private static let id = "strange-session-0001"

    private static func recipe() throws -> Recipe {
        try JSON.decode(Recipe.self, from: [UInt8](JSONSerialization.data(withJSONObject: Served.recipe)))
    }

    /// A folder whose database holds a playing session and what `change` makes of it.
    private static func folder(_ change: String = "", arguments: StatementArguments = []) throws
        -> TemporaryFolder
    {
        let folder = try TemporaryFolder()
        do {
            let store = try SQLiteStore(folder: folder.path)
            try store.commit([
                .session(
                    SessionRecord(id: id, recipe: try recipe(), step: 20, tip: 20, playing: true, speed: 50)),
                .session(SessionRecord(id: "another-session-0001", recipe: try recipe(), step: 3)),
            ])
        }
        if !change.isEmpty { try alter(folder, change, arguments) }
        return folder
    }

    private static func alter(_ folder: TemporaryFolder, _ sql: String, _ arguments: StatementArguments = [])
        throws
    {
        try DatabaseQueue(path: "\(folder.path)/ganlab.sqlite").write {
            try $0.execute(sql: sql, arguments: arguments)
        }
    }

    @Test(
        "is brought within its bounds",
        arguments: [
            "UPDATE sessions SET speed = 1e300", "UPDATE sessions SET speed = 9e999",
            "UPDATE sessions SET speed = -1",
            "UPDATE sessions SET step = -9223372036854775808, tip = -1", "UPDATE sessions SET crashes = -5",
            "UPDATE sessions SET chronicle = '{}'",
            "UPDATE sessions SET chronicle = replace(chronicle, '1', '9223372036854775807')",
            "UPDATE sessions SET twin = '[[[['", "UPDATE sessions SET twin = hex(zeroblob(1000000))",
            "INSERT INTO charts SELECT id, 1, x'FFFFFFFFFFFFFFFFFF01' FROM sessions",
            "INSERT INTO checkpoints SELECT id, 9223372036854775807, x'474E4C43' FROM sessions",
            #"INSERT INTO journal (session, entry) SELECT id, '{"paced":{"playing":true,"speed":1e300}}' FROM sessions"#,
        ])
    func bounds(change: String) throws {
        let folder = try Self.folder(change)
        defer { withExtendedLifetime(folder) {} }
        let served = try Served(dataFolder: folder.path)
        let (page, state) = try served.page([
            "session": Self.id, "owner": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        ])
        #expect(state["message"] is NSNull)
        let speed = try #require(Double("\(state["speed"] ?? "missing")"), "\(state)")
        #expect((0.1...1_000_000).contains(speed))
        #expect(try page.ask("play").isOK)
        #expect(try page.ask("step", ["count": 30]).step >= 30)
        try page.ask("watch", ["layers": FrameRequest.Layer.allCases.map(\.rawValue), "rate": 60])
        _ = try page.frame()
    }

    @Test(
        "is set aside with a message if it cannot be run, and the others are there",
        arguments: [
            "UPDATE sessions SET recipe = '['||recipe WHERE id LIKE 'strange%'",
            #"UPDATE sessions SET recipe = '{"settings":{"batch":0}}' WHERE id LIKE 'strange%'"#,
            "INSERT INTO journal (session, entry) VALUES ('strange-session-0001', '[[[[')",
            #"INSERT INTO journal (session, entry) VALUES ('strange-session-0001', '{"moved":{"step":-1}}')"#,
            #"INSERT INTO journal (session, entry) VALUES ('strange-session-0001', '{"moved":{"step":9223372036854775807}}')"#,
            #"""
            INSERT INTO journal (session, entry)
            VALUES ('strange-session-0001', '{"edited":{"_0":{"step":5,"set":"batch","to":-4}}}')
            """#,
        ])
    func setAside(change: String) throws {
        let folder = try Self.folder(change)
        do {
            let served = try Served(dataFolder: folder.path)
            let (page, state) = try served.page(["session": Self.id])
            #expect((state["message"] as? String)?.contains("set aside") == true)
            #expect(state.step == 0)
            #expect(try page.ask("step", ["count": 2]).isOK, "the new one works")
            let (_, other) = try served.page(["session": "another-session-0001"])
            #expect(other.step == 3 || other["seeking"] as? Int == 3)
        }
        let kept = try DatabaseQueue(path: "\(folder.path)/ganlab.sqlite").read {
            try String.fetchOne(
                $0, sql: "SELECT record FROM setAside WHERE session = ?", arguments: [Self.id])
        }
        #expect(kept?.contains("discriminator.hidden") == true || kept?.contains(#"\"batch\":0"#) == true)
        let store = try SQLiteStore(folder: folder.path)
        #expect(try store.session(Self.id)?.step == 2)
    }

    @Test(
        "keeps its owner when it is set aside: whoever else opens it first does not steer it",
        arguments: ["mustExist", "playing"])
    func ownerOfWhatIsSetAside(first: String) throws {
        let folder = try Self.folder("UPDATE sessions SET recipe = '['||recipe WHERE id LIKE 'strange%'")
        let owner = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
        let claimed = JournalEntry.claimed(by: OwnerToken(owner)!.hash)
        let claim = String(decoding: try JSONEncoder().encode(claimed), as: UTF8.self)
        try Self.alter(folder, "INSERT INTO journal (session, entry) VALUES (?, ?)", [Self.id, claim])
        let served = try Served(dataFolder: folder.path)
        let stranger = try PageClient(port: served.port)
        stranger.owner = OwnerToken().text
        // An opening that makes nothing sets the session aside, too.
        _ = try stranger.ask("open", ["session": Self.id, first: true])
        #expect(try stranger.ask("open", ["session": Self.id])["role"] as? String == "watcher")
        #expect(try stranger.ask("step").errorCode == "watching")
        let page = try PageClient(port: served.port)
        page.owner = owner
        #expect(try page.ask("open", ["session": Self.id])["role"] as? String == "owner")
        #expect(try page.ask("step").isOK)
    }

    @Test("hides one experiment of the gallery that cannot be read, not the page it stands on")
    func gallery() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(folder: folder.path)
        let owner = OwnerToken("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")!.hash
        for title in ["good", "bad", "long"] {
            try store.commit([
                .experiment(
                    try ExperimentRecord(title: title, recipe: try Self.recipe(), step: 5, owner: owner))
            ])
        }
        try Self.alter(folder, "UPDATE experiments SET recipe = '[' WHERE title = 'bad'")
        try Self.alter(
            folder, "UPDATE experiments SET step = -7, note = ? WHERE title = 'long'",
            [
                "a" + String(repeating: "\u{301}", count: 1_000_000)
            ])
        let page = try store.experiments(ExperimentQuery(order: .title))
        #expect(page.experiments.map(\.title) == ["good", "long"])
        #expect(page.experiments[1].step == 0 && page.experiments[1].note.utf8.count <= 16_000)
    }

    // MARK: Crashes

    @Test("counts in how many crashes in a row a session was in memory")
    func counting() throws {
        let folder = try Self.folder()
        for crashes in 0..<3 {
            let store = try SQLiteStore(folder: folder.path)
            #expect(try store.session(Self.id)?.crashes == crashes)
            #expect(try store.session("another-session-0001")?.crashes == 0)
            try store.commit([.waking(session: Self.id)])
        }
        // A session that is written down as put away ends the row.
        let store = try SQLiteStore(folder: folder.path)
        var record = try #require(try store.session(Self.id))
        #expect(record.crashes == 3)
        record.crashes = 0
        try store.commit([.session(record)])
        #expect(try store.session(Self.id)?.crashes == 0)
    }

    @Test("goes on playing after one crash; after two in a row it waits, whole, until somebody goes on")
    func twoCrashes() throws {
        let folder = try TemporaryFolder()
        let session: [String: Any] = ["session": Self.id, "recipe": Served.recipe]
        var opened: [String: Any] = [:]
        for crash in 0..<3 {
            let server = try ServerProcess(arguments: ["--data-dir", folder.path])
            let page = try PageClient(port: server.port)
            opened = try page.ask("open", session).object("state")
            switch crash {
            case 0:
                try page.ask("step", ["count": 30])
                try page.ask("compare", [:])
                try page.ask("set", ["path": "penalty.r1", "to": 0.3])
                try page.ask("play")
            case 1:
                #expect(opened["playing"] as? Bool == true)
            default:
                #expect(opened["playing"] as? Bool == false)
                #expect((opened["message"] as? String)?.contains("2 times in a row") == true)
                #expect(opened["comparing"] is [String: Any])
                #expect(opened["canUndo"] as? Bool == true)
                try page.ask("watch", ["layers": ["fake"], "rate": 60])
                let step = try page.frame().step
                #expect(try page.ask("ping").isOK)
                #expect(step == opened.step, "nothing has run")
                #expect(try page.ask("play").isOK)
                _ = try page.frame { $0.step > step }
            }
            server.kill()
        }
    }

    @Test("goes on playing after any number of orderly stops")
    func orderlyStops() throws {
        let folder = try TemporaryFolder()
        for stop in 0..<4 {
            let served = try Served(dataFolder: folder.path)
            let (page, state) = try served.page(["session": Self.id, "recipe": Served.recipe])
            if stop == 0 { try page.ask("play") } else { #expect(state["playing"] as? Bool == true) }
        }
    }
}
