import Foundation
import GANEngine
import Lab
import Testing

/// What somebody did in a session, and when, is all in its recipe: replayed alone, it gives the same bits.
@Suite("A session equals its recipe, bit for bit", .serialized)
struct DeterminismTests {
    /// Recipe, step and weights of a session.
    private struct Saved {
        let recipe: Recipe
        let step: Int
        let checkpoint: [UInt8]

        init(_ state: [String: Any], of served: Served) throws {
            let session = try #require(state["session"] as? String)
            let recipe = try HTTPClient.get("/api/sessions/\(session)/recipe", port: served.port)
            let checkpoint = try HTTPClient.get("/api/sessions/\(session)/checkpoint", port: served.port)
            self.recipe = try JSONDecoder().decode(Recipe.self, from: Data(recipe.body))
            self.checkpoint = checkpoint.body
            step = try Checkpoint(bytes: checkpoint.body).step
        }

        func replayed() throws -> [UInt8] {
            let experiment = try Experiment(recipe)
            try experiment.run(steps: step)
            return experiment.checkpoint().bytes
        }
    }

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
        let saved = try Saved(state, of: served)
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
        let before = try Saved(state, of: served)
        try page.ask("seek", ["step": 437])
        let early = try Saved(state, of: served)
        #expect(early.step == 437)
        #expect(try early.replayed() == early.checkpoint)
        try page.ask("seek", ["step": 1200])
        #expect(try Saved(state, of: served).checkpoint == before.checkpoint)
        try page.ask("undo")
        let undone = try Saved(state, of: served)
        #expect(undone.step == 900)
        #expect(undone.recipe.timeline.isEmpty)
        #expect(try undone.replayed() == undone.checkpoint)
        try page.ask("redo")
        #expect(try Saved(state, of: served).checkpoint == before.checkpoint)
    }

    @Test("A page that comes back to a restarted server brings its session, and gets the same run")
    func restarted() throws {
        var first: Served? = try Served()
        let (page, state) = try first!.page()
        try page.ask("step", ["count": 500])
        try page.ask("set", ["path": "penalty.r1", "to": 0.1])
        try page.ask("step", ["count": 250])
        let saved = try Saved(state, of: first!)
        let recipe = try HTTPClient.get("/api/sessions/\(state["session"]!)/recipe", port: first!.port).json
        first = nil
        let second = try Served()
        let (again, revived) = try second.page(
            ["session": state["session"]!, "recipe": recipe, "step": 750, "playing": false])
        #expect(revived["session"] as? String == state["session"] as? String)
        #expect(try again.ask("seek", ["step": 750]).step == 750)
        #expect(try Saved(revived, of: second).checkpoint == saved.checkpoint)
    }

    @Test("A future that was left is still there")
    func branches() throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("step", ["count": 600])
        let first = try Saved(state, of: served)
        try page.ask("seek", ["step": 400])
        try page.ask("set", ["path": "generator.optimizer.learningRate", "to": 0.02])
        try page.ask("step", ["count": 200])
        let second = try Saved(state, of: served)
        #expect(second.checkpoint != first.checkpoint)
        let (_, now) = try served.page(["session": state["session"]!])
        let branches = try #require(now["branches"] as? [[String: Any]])
        #expect(branches.count == 2)
        #expect(branches[1]["forkStep"] as? Int == 400)
        #expect(branches[1]["parent"] as? Int == branches[0]["id"] as? Int)
        #expect(try page.ask("checkout", ["branch": 0]).isOK)
        try page.ask("seek", ["step": 600])
        #expect(try Saved(state, of: served).checkpoint == first.checkpoint)
        try page.ask("checkout", ["branch": 1])
        #expect(try Saved(state, of: served).checkpoint == second.checkpoint)
        #expect(try page.ask("checkout", ["branch": 9]).errorCode == "notFound")
    }
}
