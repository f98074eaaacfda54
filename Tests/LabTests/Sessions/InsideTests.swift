import Foundation
import GANEngine
import Lab
import TestSupport
import Testing

@Suite("Slow motion and the networks' insides, over a real socket", .realServers)
struct InsideTests {
    @Test("An explained step tells every update, shows the moment between, and is one step of the run")
    func explain() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("watch", ["layers": ["fake", "heatmap"]])
        try page.ask("play")
        _ = try page.frame { $0.step > 20 }
        let paused = try page.ask("pause").step
        let before = try page.frame { $0.step == paused }

        try page.send(text: #"{"id":900,"do":"explain"}"#)
        let between = try page.frame { $0.sections[4] != before.sections[4] }
        let reply = try page.answer(to: 900)
        #expect(reply.isOK && reply.step == paused + 1)
        let explanation = reply.object("explanation")
        #expect(explanation["step"] as? Int == paused)
        let updates = try #require(explanation["updates"] as? [[String: Any]])
        #expect(updates.map { $0["player"] as? String } == ["discriminator", "generator"])
        for key in ["loss", "penalty", "fakeOutput", "fakeScore", "gradientNorm", "updateNorm"] {
            #expect(updates.allSatisfy { $0[key] is NSNumber }, "\(key)")
        }
        #expect(updates[0]["realScore"] is NSNumber && updates[1]["realScore"] == nil)

        // The picture between the turns comes ahead of the answer, the one after the step follows it.
        #expect(between.step == paused)
        let after = try page.frame { $0.step == paused + 1 }
        #expect(between.sections[2] == before.sections[2], "the generator has not moved")
        #expect(between.sections[4] == after.sections[4], "the discriminator has")
        #expect(after.sections[2] != before.sections[2])

        let recipe = try page.event("state") { $0.step == paused + 1 }.object("recipe")
        #expect((recipe["timeline"] as? [Any])?.isEmpty != false, "looking leaves no trace in the recipe")
    }

    @Test("A step of one network can be explained too, and is a tick of the timeline")
    func explainOne() throws {
        let served = try Served()
        let (page, _) = try served.page()
        let reply = try page.ask("explain", ["only": "discriminator"])
        let updates = try #require(reply.object("explanation")["updates"] as? [[String: Any]])
        #expect(updates.map { $0["player"] as? String } == ["discriminator"])
        let recipe = try page.event("state") { $0.step == 1 }.object("recipe")
        let edits = try #require(recipe["timeline"] as? [[String: Any]])
        #expect(edits.map { $0["only"] as? String } == ["discriminator"])
    }

    @Test(
        "Unit maps and stages come when they are asked for, and once the run stands still, for its last step")
    func insides() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("watch", ["layers": ["fake", "units", "stages"], "rate": 60])
        let first = try page.frame()
        #expect(first.kinds == [2, 16, 17, 18, 19])
        try page.ask("play")
        _ = try page.frame { $0.step > 0 && $0.kinds == [2] }
        let paused = try page.ask("pause").step
        _ = try page.frame { $0.step == paused && $0.kinds.contains(16) && $0.kinds.contains(19) }
    }

    @Test("A silenced unit changes what one viewer sees, and nothing else")
    func silence() throws {
        let served = try Served()
        let (page, state) = try served.page()
        let (neighbour, _) = try served.page(["session": state["session"] ?? ""])
        try page.ask("watch", ["layers": ["fake", "heatmap"]])
        try neighbour.ask("watch", ["layers": ["fake", "heatmap"]])
        let whole = try page.frame()
        let unit: [String: Any] = ["network": "generator", "layer": 0, "unit": 1]
        try page.ask("watch", ["layers": ["fake", "heatmap"], "ablate": [unit]])
        let maimed = try page.frame { $0.sections[2] != whole.sections[2] }
        #expect(maimed.sections[4] == whole.sections[4], "the discriminator is whole")
        try neighbour.ask("step")
        let trained = try neighbour.frame { $0.step == 1 }
        try page.ask("watch", ["layers": ["fake", "heatmap"]])
        let restored = try page.frame { $0.step == 1 && $0.sections[2] == trained.sections[2] }
        #expect(restored.sections[4] == trained.sections[4])
    }

    @Test("Bad wishes are refused in words")
    func refusals() throws {
        let served = try Served()
        let (page, _) = try served.page()
        let unit: [String: Any] = ["network": "critic", "layer": 0, "unit": 0]
        let stranger = try page.ask("watch", ["layers": ["fake"], "ablate": [unit]])
        #expect(stranger.object("error")["code"] as? String == "wrongType")
        let many = (0...64).map { ["network": "generator", "layer": 0, "unit": $0] as [String: Any] }
        let crowd = try page.ask("watch", ["layers": ["fake"], "ablate": many])
        #expect(crowd.object("error")["code"] as? String == "outOfRange")
    }
}
