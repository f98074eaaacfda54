import Foundation
import GANEngine
import Lab
import TestSupport
import Testing

@Suite("Reset of a ready-made experiment, over a real socket", .realServers)
struct ResetTests {
    private static let preset = Preset.all.first { $0.name == "vanishing-gradient" }!

    /// A page on the experiment whose D is trained alone for 2,000 steps, some steps beyond those.
    private static func opened(_ served: Served) throws -> PageClient {
        let page = try PageClient(port: served.port)
        let recipe = try JSONSerialization.jsonObject(with: JSONEncoder().encode(preset.recipe))
        try page.ask("open", ["recipe": recipe, "step": 2010])
        return page
    }

    private static func state(after reply: [String: Any], _ page: PageClient) throws -> [String: Any] {
        try page.event("state") { $0["revision"] as? Int == reply["revision"] as? Int }
    }

    @Test("It goes on changing what it changes by itself: G begins to learn when D has")
    func keepsItsChanges() throws {
        let served = try Served()
        let page = try Self.opened(served)
        let state = try Self.state(after: try page.ask("reset"), page)
        #expect(state.step == 0)
        #expect(state.object("settings")["generator.updates"] as? Int == 0)
        let timeline = try #require(state.object("recipe")["timeline"] as? [[String: Any]])
        #expect(timeline.count == Self.preset.recipe.timeline.count)
        #expect(timeline.allSatisfy { $0.step == 2000 })
    }

    @Test("What was changed since is changed from the start, and again after another reset")
    func keepsWhatWasChanged() throws {
        let served = try Served()
        let page = try Self.opened(served)
        try page.ask("set", ["path": "discriminator.optimizer.learningRate", "to": 0.05])
        try page.ask("set", ["path": "batch", "to": 64])
        for _ in 0..<2 {
            let state = try Self.state(after: try page.ask("reset"), page)
            #expect(state.object("settings")["batch"] as? Int == 64)
            let timeline = try #require(state.object("recipe")["timeline"] as? [[String: Any]])
            #expect(
                timeline.contains {
                    $0["set"] as? String == "discriminator.optimizer.learningRate"
                        && $0["to"] as? Double == 0.05
                })
        }
    }

    @Test("Another target has the values from the start, so that no generator is left that never learns")
    func anotherTarget() throws {
        let served = try Served()
        let page = try Self.opened(served)
        try page.ask("reset")
        let state = try Self.state(after: try page.ask("set", ["path": "target", "to": "moons"]), page)
        #expect(state.object("settings")["generator.updates"] as? Int == 1)
        #expect((state.object("recipe")["timeline"] as? [Any])?.isEmpty == true)
    }
}
