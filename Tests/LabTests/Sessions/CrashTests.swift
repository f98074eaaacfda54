import Foundation
import GANEngine
import Lab
import Testing

/// The real server is killed at random moments: what it acknowledged is there, and the session equals one that was
/// never interrupted. `GANLAB_CRASHES=300` kills it that often.
@Suite("After kill -9", .serialized)
struct CrashTests {
    @Test("Every acknowledged edit is there, and the run is the same bit for bit", .timeLimit(.minutes(20)))
    func crashes() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ganlab-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let crashes = ProcessInfo.processInfo.environment["GANLAB_CRASHES"].flatMap(Int.init) ?? 6
        let session = "crash-test-session-0001"
        // By step: a setting changed twice at one step was changed once, to its last value.
        var acknowledged: [Int: Double] = [:]
        var count = 0
        for crash in 0..<crashes {
            let server = try ServerProcess(arguments: ["--data-dir", folder.path])
            let page = try PageClient(port: server.port)
            let opened = try page.ask("open", ["session": session, "recipe": Served.recipe])
            let state = opened.object("state")
            let recipe = state.object("recipe")
            let kept = Self.edits(recipe)
            for (step, value) in acknowledged {
                // Foundation's JSON in this test may lose the last bit; two edits differ by far more.
                #expect(abs((kept[step] ?? 0) - value) < 1e-9, "crash \(crash), step \(step)")
            }
            acknowledged = kept
            try page.ask("play")
            let end = ContinuousClock.now + .milliseconds(.random(in: 20...600))
            while ContinuousClock.now < end {
                count += 1
                let value = 0.001 + Double(count) * 1e-6
                let reply = try page.ask("set", ["path": "generator.optimizer.learningRate", "to": value])
                #expect(reply.isOK, "\(reply)")
                #expect(reply["warning"] == nil)
                acknowledged[reply.step] = value
            }
            server.kill()
        }
        try compareWithUninterrupted(folder.path, session)
    }

    /// The value that each edited step ends with.
    private static func edits(_ recipe: [String: Any]) -> [Int: Double] {
        let timeline = recipe["timeline"] as? [[String: Any]] ?? []
        return timeline.reduce(into: [:]) { edits, edit in edits[edit.step] = edit["to"] as? Double }
    }

    private func compareWithUninterrupted(_ folder: String, _ session: String) throws {
        let server = try ServerProcess(arguments: ["--data-dir", folder])
        let page = try PageClient(port: server.port)
        let state = try page.ask("open", ["session": session]).object("state")
        let last = Self.edits(state.object("recipe")).keys.max() ?? 0
        try page.ask("seek", ["step": last + 200])
        let recipe = try HTTPClient.get("/api/sessions/\(session)/recipe", port: server.port)
        let checkpoint = try HTTPClient.get("/api/sessions/\(session)/checkpoint", port: server.port)
        let experiment = try Experiment(try JSONDecoder().decode(Recipe.self, from: Data(recipe.body)))
        let step = try Checkpoint(bytes: checkpoint.body).step
        try experiment.run(steps: step)
        #expect(experiment.checkpoint().bytes == checkpoint.body)
    }
}
