import Foundation
import Lab
import TestSupport
import Testing

@Suite("Drawing on the picture of a run, over a real socket", .realServers)
struct DrawingTests {
    private static var stroke: [String: Any] { ["width": 0.02, "points": [[0.25, 0.25], [0.75, 0.25]]] }

    @Test("A stroke becomes the target of the run that goes on, whose part of the plane stays")
    func stroke() throws {
        let served = try Served()
        var recipe = Served.recipe
        recipe["settings"] = ["seed": 7, "target": "ring8", "batch": 16]
        let (page, before) = try served.page(["recipe": recipe])
        try page.ask("watch", ["layers": ["real"]])
        try page.ask("step", ["count": 20])
        let ring = try page.frame { $0.step == 20 }
        let reply = try page.ask("draw", ["stroke": Self.stroke])
        #expect(reply.isOK)
        #expect(reply.step == 20)
        let after = try page.event("state") { $0["revision"] as? Int == reply["revision"] as? Int }
        #expect(after.object("settings").object("target").keys.contains("drawing"))
        #expect(after.object("recipe").object("settings")["target"] as? String == "ring8")
        let timeline = try #require(after.object("recipe")["timeline"] as? [[String: Any]])
        #expect(timeline.map { $0["step"] as? Int } == [20])
        #expect(after.object("view") as NSDictionary == before.object("view") as NSDictionary)
        let line = try page.frame { $0.revision >= reply["revision"] as? Int ?? .max }
        #expect(line.sections[1] != ring.sections[1], "the real samples are those of the drawing")
    }

    @Test("Undo takes the last stroke back, with what was learned since")
    func undo() throws {
        let served = try Served()
        let (page, _) = try served.page()
        for _ in 0..<2 {
            try page.ask("step", ["count": 10])
            try page.ask("draw", ["stroke": Self.stroke])
        }
        try page.ask("step", ["count": 10])
        let reply = try page.ask("undo")
        #expect(reply.step == 20)
        let state = try page.event("state") { $0["revision"] as? Int == reply["revision"] as? Int }
        #expect((state.object("recipe")["timeline"] as? [Any])?.count == 1)
    }

    @Test("A stroke that cannot be drawn is refused with the reason, and the run goes on")
    func refusal() throws {
        let served = try Served()
        let (page, _) = try served.page()
        let reply = try page.ask("draw", ["stroke": ["width": 7, "points": [[0.5, 0.5]]]])
        #expect(reply.object("error")["message"] as? String != nil)
        #expect(reply.errorCode == "outOfRange")
        #expect(try page.ask("draw").errorCode == "missingField")
        #expect(try page.ask("step").isOK)
    }

    @Test("Reset draws before the first step what was drawn on the way, and a link and a restart hold it")
    func reset() throws {
        let served = try Served()
        let (page, before) = try served.page()
        try page.ask("step", ["count": 10])
        try page.ask("draw", ["stroke": Self.stroke])
        let link = try #require(try page.ask("link")["link"] as? String)
        let (_, linked) = try served.page(["link": link])
        let reply = try page.ask("reset")
        let state = try page.event("state") { $0["revision"] as? Int == reply["revision"] as? Int }
        for (state, step) in [(state, 0), (linked, 10)] {
            let timeline = try #require(state.object("recipe")["timeline"] as? [[String: Any]])
            #expect(timeline.map { $0["step"] as? Int } == [step])
            #expect(timeline[0].object("draw") as NSDictionary == Self.stroke as NSDictionary)
        }
        #expect(state.object("view") as NSDictionary == before.object("view") as NSDictionary)
    }
}
