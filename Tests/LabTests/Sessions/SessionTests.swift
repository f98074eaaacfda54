import Foundation
import GANEngine
import Lab
import TestSupport
import Testing

@Suite("A session, over a real socket", .realServers)
struct SessionTests {
    private static let everything = [
        "real", "fake", "gradients", "heatmap", "manifold", "scores", "losses", "metrics", "latent",
        "history",
    ]

    @Test("A page is welcomed, opens a session and is told everything about it")
    func open() throws {
        let served = try Served()
        let (page, state) = try served.page()
        #expect(try page.event("welcome")["protocol"] as? Int == 1)
        #expect(state.step == 0)
        #expect(state["status"] as? String == "ready")
        #expect(state["playing"] as? Bool == false)
        #expect(state.object("settings")["batch"] as? Int == 16)
        #expect(state.object("settings").count == Schema.fields.count)
        #expect((state["session"] as? String)?.count ?? 0 >= 16)
    }

    @Test("Playing sends frames with all that is watched, and steps go on until pause")
    func play() throws {
        let served = try Served()
        let (page, _) = try served.page()
        #expect(
            try page.ask("watch", ["layers": Self.everything, "grid": 10, "fakes": 20, "reals": 30]).isOK)
        #expect(try page.ask("play").isOK)
        // Whole charts come in frames of their own.
        let early = try page.frame { $0.step > 0 && $0.kinds != [10] }
        let later = try page.frame { $0.step > early.step + 100 && $0.kinds != [10] }
        for kind in [1, 2, 3, 4, 5, 6, 7, 9, 10] as [UInt16] {
            #expect(later.kinds.contains(kind), "\(kind)")
        }
        #expect(later.number(1, at: 0, size: 4) == 30)
        #expect(later.number(2, at: 0, size: 4) == 20)
        #expect(later.number(4, at: 0, size: 2) == 10)
        #expect(early.sections[2] != later.sections[2], "fake samples move")
        #expect(early.sections[4] != later.sections[4], "the heatmap changes")
        #expect(early.sections[1] == later.sections[1], "real samples of the view stay")
        let paused = try page.ask("pause").step
        #expect(try page.ask("ping").isOK)
        #expect(try page.ask("seek", ["step": paused]).step == paused, "pause runs no further step")
    }

    @Test("An edit at full speed takes effect at once and is seen in the next frames")
    func edit() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("watch", ["layers": ["losses"]])
        try page.ask("play")
        _ = try page.frame { $0.step > 1000 }
        let reply = try page.ask("set", ["path": "generator.optimizer.learningRate", "to": 0.0005])
        let revision = try #require(reply["revision"] as? Int)
        let frame = try page.frame { $0.revision >= revision }
        #expect(reply.isOK)
        #expect(reply["restarted"] == nil)
        #expect(frame.step >= reply.step)
        let state = try page.event("state") { $0["revision"] as? Int ?? 0 >= revision }
        #expect(state.object("settings")["generator.optimizer.learningRate"] as? Double == 0.0005)
        let timeline = try #require(state.object("recipe")["timeline"] as? [[String: Any]])
        #expect(timeline.last?["step"] as? Int == reply.step)
    }

    @Test("An edit of the network's shape starts anew with the same seed, and says so")
    func restart() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("step", ["count": 50])
        let reply = try page.ask("set", ["path": "generator.hidden", "to": [16, 16]])
        #expect(reply["restarted"] as? Bool == true)
        #expect(reply.step == 0)
        let state = try page.event("state") {
            $0.object("settings")["generator.hidden"] as? [Int] == [16, 16]
        }
        #expect(state.object("settings")["seed"] as? Int == 7)
    }

    @Test("Several settings change together or not at all")
    func setMany() throws {
        let served = try Served()
        let (page, before) = try served.page()
        let refused = try page.ask("setMany", ["values": ["batch": 32, "loss.kind": "nonsense"]])
        #expect(refused.errorCode != nil)
        #expect(refused.object("error")["path"] as? String == "loss.kind")
        let (other, after) = try served.page(["session": before["session"]!])
        #expect(after.object("settings")["batch"] as? Int == 16)
        #expect(try other.ask("setMany", ["values": ["batch": 32, "loss.kind": "leastSquares"]]).isOK)
    }

    @Test("Stepping one network leaves the other as it was")
    func only() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("watch", ["layers": ["fake", "heatmap"], "fakes": 50])
        let before = try page.frame()
        #expect(try page.ask("step", ["only": "discriminator", "count": 5]).step == 5)
        let after = try page.frame { $0.step == 5 }
        #expect(before.sections[2] == after.sections[2], "the generator did not move")
        #expect(before.sections[4] != after.sections[4], "the discriminator did")
    }

    @Test("Slow speeds are kept")
    func speed() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("speed", ["stepsPerSecond": 20])
        try page.ask("play")
        let start = ContinuousClock.now
        try page.ask("watch", ["layers": ["losses"]])
        _ = try page.frame { $0.step >= 10 }
        let elapsed = ContinuousClock.now - start
        #expect(elapsed > .milliseconds(400))
        let step = try page.ask("pause").step
        #expect(step >= 10 && Double(step) <= 20 * ((ContinuousClock.now - start) / .seconds(1)) + 2)
    }

    @Test("Any number of viewers sees the same session")
    func viewers() throws {
        let served = try Served()
        let (first, state) = try served.page()
        let (second, joined) = try served.page(["session": state["session"]!])
        #expect(joined["viewers"] as? Int == 2)
        try second.ask("watch", ["layers": ["fake"]])
        try first.ask("step", ["count": 3])
        #expect(try second.frame { $0.step == 3 }.kinds == [2])
    }

    @Test("A full session says so politely, and the page can open its own")
    func full() throws {
        var limits = LabLimits()
        limits.viewersPerSession = 1
        let served = try Served(limits: limits)
        let (first, state) = try served.page()
        let late = try PageClient(port: served.port)
        #expect(try late.ask("open", ["session": state["session"]!]).errorCode == "sessionFull")
        #expect(try late.ask("open").isOK)
        #expect(try first.ask("ping").isOK)
    }

    @Test("A viewer that never reads does not stall another, nor the training")
    func slowViewer() throws {
        let served = try Served()
        let (page, state) = try served.page()
        let layers: [String: Any] = ["layers": Self.everything, "grid": 200, "fakes": 2000, "reals": 2000]
        let sleeper = try BlockingSocket(port: served.port)
        try PageClient.shakeHands(sleeper, port: served.port)
        let watch = layers.merging(["id": 2, "do": "watch"]) { $1 }
        for command in [["id": 1, "do": "open", "session": state["session"]!], watch] {
            let text = try JSONSerialization.data(withJSONObject: command)
            try PageClient.write(opcode: 1, Array(text), to: sleeper)
        }
        var said = ""
        while !said.contains("\"re\":2") { said += String(decoding: try sleeper.read(1), as: UTF8.self) }
        try page.ask("watch", layers)
        try page.ask("play")
        // Far more than the sleeper's socket holds: 60 KB a frame.
        for _ in 0..<120 { _ = try page.frame() }
        #expect(try page.ask("pause").isOK)
        #expect(try page.ask("ping").isOK)
        withExtendedLifetime(sleeper) {}
    }

    @Test("Nonsense is answered precisely, changes nothing and keeps the connection")
    func hostile() throws {
        let served = try Served()
        let (page, before) = try served.page()
        for (text, code) in [
            ("{", "malformedJSON"), ("[]", "malformedJSON"), (#"{"do":"play"}"#, "missingField"),
        ] {
            try page.send(text: text)
            #expect(try page.answer(to: nil).errorCode == code, "\(text)")
        }
        try page.sendFrame(opcode: 2, [1, 2, 3])
        #expect(try page.answer(to: nil).errorCode == "malformedJSON")
        for (command, fields, code) in [
            ("set", ["path": "batch", "to": 1_000_000], "outOfRange"),
            ("set", ["path": "batch", "to": "many"], "wrongType"),
            ("set", ["path": "warp", "to": 9], "unknownSetting"),
            ("set", ["path": "generator.hidden", "to": [0]], "outOfRange"),
            ("load", ["recipe": ["version": 99]], "malformed"),
            ("step", ["count": 0], "outOfRange"),
        ] as [(String, [String: Any], String)] {
            let reply = try page.ask(command, fields)
            #expect(reply.errorCode == code, "\(command) \(fields): \(reply)")
            #expect(!(reply.object("error")["message"] as? String ?? "").isEmpty)
        }
        let (_, after) = try served.page(["session": before["session"]!])
        #expect(after.object("settings") as NSDictionary == before.object("settings") as NSDictionary)
        #expect(after.step == 0)
    }

    @Test("Commands without a session are refused")
    func noSession() throws {
        let served = try Served()
        let page = try PageClient(port: served.port)
        #expect(try page.ask("play").errorCode == "noSession")
        #expect(try page.ask("open").isOK)
    }
}
