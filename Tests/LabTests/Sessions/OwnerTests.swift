import Foundation
import GANEngine
import Lab
import TestSupport
import Testing

/// Whose a session is: whoever knows its name may watch it; to change it takes the token of the browser that made it.
@Suite("Whose a session is", .realServers)
struct OwnerTests {
    private static let stranger = OwnerToken().text

    /// Joins a session as somebody, and gives the answer too.
    private func join(
        _ session: Any?, as owner: String?, port: UInt16
    ) throws -> (PageClient, reply: [String: Any]) {
        let page = try PageClient(port: port)
        page.owner = owner
        return (page, try page.ask("open", ["session": try #require(session)]))
    }

    @Test("Who knows a session's name sees everything and changes nothing", arguments: [stranger, nil])
    func watching(owner: String?) throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("step", ["count": 5])
        let (watcher, reply) = try join(state["session"], as: owner, port: served.port)
        #expect(reply.isOK && reply["role"] as? String == "watcher")
        #expect(try watcher.ask("watch", ["layers": ["fake"]]).isOK)
        #expect(try watcher.frame().step == 5)
        let before = try SavedRun.recipe(of: #require(state["session"] as? String), port: served.port)
        let commands: [(String, [String: Any])] = [
            ("play", [:]), ("pause", [:]), ("speed", ["stepsPerSecond": 1]), ("step", [:]), ("explain", [:]),
            ("reset", [:]), ("set", ["path": "penalty.r1", "to": 0.5]), ("setMany", ["values": ["batch": 8]]),
            ("load", ["recipe": Served.recipe]), ("seek", ["step": 2]), ("undo", [:]), ("redo", [:]),
            ("checkout", ["branch": 0]), ("compare", [:]), ("compareStop", [:]), ("seeds", [:]),
        ]
        for (name, fields) in commands {
            #expect(try watcher.ask(name, fields).errorCode == "watching", "\(name)")
        }
        for name in ["link", "ping", "seedsStop"] { #expect(try watcher.ask(name).isOK, "\(name)") }
        let (_, after) = try served.page(["session": state["session"]!])
        #expect(after.step == 5)
        #expect(
            try SavedRun.recipe(of: #require(state["session"] as? String), port: served.port) == before)
        #expect(try page.ask("step").step == 6, "its owner goes on")
    }

    @Test("A watcher's copy is the same to the bit, at the same step, and its own")
    func copying() throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("step", ["count": 40])
        try page.ask("set", ["path": "penalty.r1", "to": 0.25])
        try page.ask("step", ["count": 2])
        let (watcher, _) = try join(state["session"], as: Self.stranger, port: served.port)
        let link = try watcher.ask("link")["link"] ?? ""
        let reply = try watcher.ask("open", ["link": link])
        let copy = reply.object("state")
        #expect(
            reply["role"] as? String == "owner" && copy["session"] as? String != state["session"] as? String)
        #expect(try watcher.ask("step").step == 43)
        #expect(try page.ask("step").step == 43)
        let (own, other) = (try SavedRun(copy, port: served.port), try SavedRun(state, port: served.port))
        #expect(own.recipe == other.recipe && own.checkpoint == other.checkpoint)
    }

    @Test("All tabs of a browser steer; a page without a token steers what its own connection made")
    func tokens() throws {
        let served = try Served()
        let (_, state) = try served.page()
        let (tab, reply) = try join(state["session"], as: PageClient.visitor, port: served.port)
        #expect(reply["role"] as? String == "owner")
        #expect(try tab.ask("step").isOK)

        let guest = try PageClient(port: served.port)
        guest.owner = nil
        let made = try guest.ask("open", ["recipe": Served.recipe])
        #expect(made["role"] as? String == "owner")
        #expect(try guest.ask("step").isOK)
        let session = made.object("state")["session"]
        #expect(try guest.ask("open", ["session": session ?? ""])["role"] as? String == "owner")
        for somebody in [nil, PageClient.visitor] {
            let (other, reply) = try join(session, as: somebody, port: served.port)
            #expect(reply["role"] as? String == "watcher")
            #expect(try other.ask("step").errorCode == "watching")
        }
    }

    @Test("Nobody is ever told a token")
    func secrecy() throws {
        let served = try Served()
        let (page, state) = try served.page()
        let (watcher, reply) = try join(state["session"], as: Self.stranger, port: served.port)
        try page.ask("step")
        try watcher.ask("ping")
        let told = "\(reply) \(watcher.events) \(state) \(page.events)"
        #expect(!told.contains(PageClient.visitor) && !told.contains(Self.stranger))
    }

    @Test(
        "What is no token is refused and opens nothing",
        arguments: ["", "secret", String(repeating: "A", count: 44)])
    func malformed(owner: String) throws {
        let served = try Served()
        let page = try PageClient(port: served.port)
        page.owner = owner
        let reply = try page.ask("open", ["recipe": Served.recipe])
        #expect(reply.errorCode == "malformed" && reply.object("error")["path"] as? String == "owner")
        #expect(try page.ask("step").errorCode == "noSession")
    }

    @Test("A session has the same owner after it was put away and after a restart")
    func lasting() throws {
        let folder = try TemporaryFolder()
        let session = "owner-test-session-0001"
        do {
            let served = try Served(dataFolder: folder.path)
            let (page, _) = try served.page(["session": session, "recipe": Served.recipe])
            try page.ask("step", ["count": 3])
        }
        let served = try Served(dataFolder: folder.path)
        let (watcher, reply) = try join(session, as: Self.stranger, port: served.port)
        #expect(reply["role"] as? String == "watcher" && reply.object("state").step == 3)
        #expect(try watcher.ask("step").errorCode == "watching")
        let (page, own) = try join(session, as: PageClient.visitor, port: served.port)
        #expect(own["role"] as? String == "owner")
        #expect(try page.ask("step").step == 4)
    }

    @Test("A session from before there were owners is whose browser opens it first")
    func claiming() throws {
        let folder = try TemporaryFolder()
        let session = "owner-test-session-0002"
        do {
            let store = try SQLiteStore(folder: folder.path)
            try store.commit([.session(SessionRecord(id: session, recipe: Recipe()))])
        }
        do {
            let served = try Served(dataFolder: folder.path)
            let (_, guest) = try join(session, as: nil, port: served.port)
            #expect(guest["role"] as? String == "watcher", "nobody owns what nobody could ask for again")
            let (page, reply) = try join(session, as: PageClient.visitor, port: served.port)
            #expect(reply["role"] as? String == "owner")
            #expect(try page.ask("step").isOK)
        }
        let served = try Served(dataFolder: folder.path)
        let (_, reply) = try join(session, as: Self.stranger, port: served.port)
        #expect(reply["role"] as? String == "watcher")
    }

    @Test("Who only watched does not take the place of an owner who is slow to come back")
    func mustExist() throws {
        let served = try Served()
        let page = try PageClient(port: served.port)
        let opening: [String: Any] = ["session": "owner-test-session-0003", "mustExist": true]
        #expect(try page.ask("open", opening).errorCode == "notFound")
        #expect(try page.ask("open", ["session": "owner-test-session-0003"]).isOK)
        #expect(try page.ask("open", opening).isOK)
    }

    @Test("An imported checkpoint is the importer's")
    func importing() throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("step", ["count": 5])
        let file = try HTTPClient.get("/api/sessions/\(state["session"]!)/safetensors", port: served.port)
        let imported = try HTTPClient.request(
            "POST", "/api/import/safetensors", body: file.body, headers: ["X-Owner: \(Self.stranger)"],
            port: served.port)
        let (_, other) = try join(imported.json["session"], as: PageClient.visitor, port: served.port)
        #expect(other["role"] as? String == "watcher")
        let (_, own) = try join(imported.json["session"], as: Self.stranger, port: served.port)
        #expect(own["role"] as? String == "owner")
    }
}
