import Foundation
import GANEngine
import Lab
import TestSupport
import Testing

/// The real server is killed at random moments: what it acknowledged is there, with all that could be undone and every
/// future, and the session equals one that was never interrupted. `GANLAB_CRASHES=300` kills it that often.
@Suite("After kill -9", .realServers)
struct CrashTests {
    private static let session = "crash-test-session-0001"
    private static let path = "generator.optimizer.learningRate"

    /// What must not be lost, as the page is told it.
    private struct Story: Equatable {
        let timeline: NSArray
        let branch: Int
        /// Without how far the present one has come, which goes on changing.
        let branches: [NSDictionary]
        let canUndo: Bool
        let canRedo: Bool
        /// The run beside it: its recipe, and what makes it different.
        let comparing: [NSObject?]
        var isComparing: Bool { comparing[0] != nil }

        init(_ state: [String: Any]) {
            let active = state["branch"] as? Int ?? -1
            timeline = state.object("recipe")["timeline"] as? NSArray ?? []
            branch = active
            canUndo = state["canUndo"] as? Bool == true
            canRedo = state["canRedo"] as? Bool == true
            let twin = state["comparing"] as? [String: Any]
            comparing = [twin?["recipe"] as? NSDictionary, twin?["label"] as? NSString]
            branches = (state["branches"] as? [[String: Any]] ?? []).map { branch in
                branch.filter { $0.key != "tip" || branch["id"] as? Int != active } as NSDictionary
            }
        }
    }

    @Test("Every acknowledged edit is there, and the run is the same bit for bit", .timeLimit(.minutes(30)))
    func crashes() throws {
        let folder = try TemporaryFolder()
        let crashes = ProcessInfo.processInfo.environment["GANLAB_CRASHES"].flatMap(Int.init) ?? 6
        var known: Story?
        var lastEdit: (step: Int, value: Double)?
        var edits = 0
        for crash in 0..<crashes {
            let server = try ServerProcess(arguments: ["--data-dir", folder.path])
            let page = try PageClient(port: server.port)
            let opened = try page.ask("open", ["session": Self.session, "recipe": Served.recipe])
            let found = Story(opened.object("state"))
            if let known { #expect(found == known, "crash \(crash)") }
            if let (step, value) = lastEdit {
                let kept = try Self.learningRate(in: Self.recipe(server.port), setAt: step)
                #expect(kept == .number(value), "crash \(crash)")
            }
            known = found
            try page.ask("play")
            let end = ContinuousClock.now + .milliseconds(.random(in: 20...600))
            while ContinuousClock.now < end {
                edits += 1
                let value = 0.001 + Double(edits) * 1e-6
                guard let reply = try Self.doSomething(page, known!, value, edits) else { continue }
                #expect(reply.isOK, "\(reply)")
                #expect(reply["warning"] == nil)
                let revision = reply["revision"] as? Int ?? .max
                known = Story(try page.event("state") { $0["revision"] as? Int ?? 0 >= revision })
                lastEdit = reply["edited"] != nil ? (reply.step, value) : nil
            }
            server.kill()
        }
        try compareWithUninterrupted(folder.path, known!)
    }

    /// Mostly edits; now and then back to an earlier step, undo, redo, another future, or a run to compare with.
    private static func doSomething(
        _ page: PageClient, _ story: Story, _ value: Double, _ number: Int
    ) throws -> [String: Any]? {
        switch Int.random(in: 0..<14) {
        case 0:
            let step = try page.ask("pause").step
            // Often to the very beginning, where an edit starts another experiment.
            return try page.ask("seek", ["step": Int.random(in: 0...(.random() ? step : min(step, 2)))])
        case 1:
            return story.canUndo ? try page.ask("undo") : nil
        case 2:
            return story.canRedo ? try page.ask("redo") : nil
        case 3:
            let others = story.branches.compactMap { $0["id"] as? Int }.filter { $0 != story.branch }
            return try others.randomElement().map { try page.ask("checkout", ["branch": $0]) }
        case 4, 5:
            return try page.ask("play")
        case 6:
            return try page.ask(story.isComparing ? "compareStop" : "compare")
        default:
            var reply = try page.ask("set", ["path": path, "to": value, "gesture": "edit \(number)"])
            reply["edited"] = true
            return reply
        }
    }

    /// Plays on, undoes some, enters every future: each time what is there is what the recipe alone gives.
    private func compareWithUninterrupted(_ folder: String, _ story: Story) throws {
        let server = try ServerProcess(arguments: ["--data-dir", folder])
        let page = try PageClient(port: server.port)
        try page.ask("open", ["session": Self.session])
        let last = try Self.recipe(server.port).timeline.last?.step ?? 0
        try page.ask("seek", ["step": last + 200])
        try Self.compareWithReplay(server.port)
        for _ in 0..<4 where try page.ask("undo").isOK {
            try page.ask("pause")
            try Self.compareWithReplay(server.port)
        }
        for branch in story.branches.prefix(5) {
            #expect(try page.ask("checkout", ["branch": branch["id"]!]).isOK)
            try Self.compareWithReplay(server.port)
        }
    }

    /// An edit before the first step is one of the settings that the recipe begins with.
    private static func learningRate(in recipe: Recipe, setAt step: Int) -> Value? {
        guard step > 0 else { return recipe.settings.value(at: path) }
        guard case .set(Self.path, let value)? = recipe.timeline.last(where: { $0.step == step })?.change
        else {
            return nil
        }
        return value
    }

    private static func recipe(_ port: UInt16) throws -> Recipe {
        try SavedRun.recipe(of: session, port: port)
    }

    private static func compareWithReplay(_ port: UInt16) throws {
        let saved = try SavedRun(session, port: port)
        #expect(try saved.replayed() == saved.checkpoint)
    }
}
