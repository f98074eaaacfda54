import Foundation
import GANEngine
import Lab
import TestSupport
import Testing

/// What somebody did in a session, and when, is all in its recipe: replayed alone, it gives the same bits.
@Suite("A session equals its recipe, bit for bit", .realServers)
struct DeterminismTests {
    @Test("However it was played, by however many trainers, whoever watched", arguments: [1, 3])
    func lived(trainers: Int) throws {
        let served = try Served(trainers: trainers)
        let (page, state) = try served.page()
        let (watcher, _) = try served.page(["session": state["session"]!])
        try watcher.ask("watch", ["layers": ["fake", "heatmap", "metrics", "gradients"]])
        try page.ask("play")
        _ = try watcher.frame { $0.step > 200 }
        try page.ask("set", ["path": "discriminator.optimizer.learningRate", "to": 0.0007])
        try page.ask("speed", ["stepsPerSecond": 500])
        _ = try watcher.frame { $0.step > 300 }
        try page.ask("set", ["path": "generator.optimizer.kind", "to": "rmsprop"])
        try page.ask("speed", ["stepsPerSecond": NSNull()])
        try page.ask("set", ["path": "batch", "to": 24])
        try page.ask("pause")
        try page.ask("step", ["only": "discriminator", "count": 3])
        try page.ask("step", ["only": "generator"])
        try page.ask("step", ["count": 7])
        try page.ask("set", ["path": "loss.kind", "to": "leastSquares"])
        try page.ask("play")
        let reached = try watcher.frame { $0.step > 1000 }.step
        try page.ask("pause")
        let saved = try SavedRun(state, port: served.port)
        #expect(saved.step >= reached)
        #expect(saved.recipe.timeline.count == 8)
        #expect(try saved.replayed() == saved.checkpoint)
    }

    @Test("Also after going back, and after undo and redo")
    func rewound() throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("step", ["count": 900])
        try page.ask("set", ["path": "generator.optimizer.learningRate", "to": 0.01])
        try page.ask("step", ["count": 300])
        let before = try SavedRun(state, port: served.port)
        try page.ask("seek", ["step": 437])
        let early = try SavedRun(state, port: served.port)
        #expect(early.step == 437)
        #expect(try early.replayed() == early.checkpoint)
        try page.ask("seek", ["step": 1200])
        #expect(try SavedRun(state, port: served.port).checkpoint == before.checkpoint)
        try page.ask("undo")
        let undone = try SavedRun(state, port: served.port)
        #expect(undone.step == 900)
        #expect(undone.recipe.timeline.isEmpty)
        #expect(try undone.replayed() == undone.checkpoint)
        try page.ask("redo")
        #expect(try SavedRun(state, port: served.port).checkpoint == before.checkpoint)
    }

    @Test("A page that comes back to a restarted server brings its session, and gets the same run")
    func restarted() throws {
        var first: Served? = try Served()
        let (page, state) = try first!.page()
        try page.ask("step", ["count": 500])
        try page.ask("set", ["path": "penalty.r1", "to": 0.1])
        try page.ask("step", ["count": 250])
        let saved = try SavedRun(state, port: first!.port)
        let recipe = try HTTPClient.get("/api/sessions/\(state["session"]!)/recipe", port: first!.port).json
        first = nil
        let second = try Served()
        let (again, revived) = try second.page(
            ["session": state["session"]!, "recipe": recipe, "step": 750, "playing": false])
        #expect(revived["session"] as? String == state["session"] as? String)
        #expect(try again.ask("seek", ["step": 750]).step == 750)
        #expect(try SavedRun(revived, port: second.port).checkpoint == saved.checkpoint)
    }

    @Test("A future that was left is still there")
    func branches() throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("step", ["count": 600])
        let first = try SavedRun(state, port: served.port)
        try page.ask("seek", ["step": 400])
        try page.ask("set", ["path": "generator.optimizer.learningRate", "to": 0.02])
        try page.ask("step", ["count": 200])
        let second = try SavedRun(state, port: served.port)
        #expect(second.checkpoint != first.checkpoint)
        let (_, now) = try served.page(["session": state["session"]!])
        let branches = try #require(now["branches"] as? [[String: Any]])
        #expect(branches.count == 2)
        #expect(branches[1]["forkStep"] as? Int == 400)
        #expect(branches[1].object("values") as NSDictionary == ["generator.optimizer.learningRate": 0.02])
        #expect(branches[1]["parent"] as? Int == branches[0]["id"] as? Int)
        #expect(try page.ask("checkout", ["branch": 0]).isOK)
        try page.ask("seek", ["step": 600])
        #expect(try SavedRun(state, port: served.port).checkpoint == first.checkpoint)
        try page.ask("checkout", ["branch": 1])
        #expect(try SavedRun(state, port: served.port).checkpoint == second.checkpoint)
        #expect(try page.ask("checkout", ["branch": 9]).errorCode == "notFound")
    }
}
