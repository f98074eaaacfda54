import Foundation
import GANEngine
import Lab
import Synchronization
import TestSupport
import Testing

/// Sessions that nobody watches pause, are put away, and wake when somebody comes back, as if nothing had been.
@Suite("Sessions that rest", .realServers)
struct LastingTests {
    private static let session = "lasting-test-session-01"

    private static func limits(pause: Duration, putAway: Duration) -> LabLimits {
        var limits = LabLimits()
        limits.unwatchedTraining = pause
        limits.putAwayAfter = putAway
        return limits
    }

    private func count(_ name: String, _ port: UInt16) throws -> Int {
        let text = try HTTPClient.get("/metrics", port: port).text
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return try #require(line?.split(separator: " ").last.flatMap { Int($0) }, "\(name)")
    }

    private func waitUntil(_ isTrue: () throws -> Bool) throws {
        #expect(try eventually(isTrue), "it never came")
    }

    private func recipe(_ port: UInt16) throws -> Recipe {
        try SavedRun.recipe(of: Self.session, port: port)
    }

    private func compareWithReplay(_ port: UInt16) throws {
        let saved = try SavedRun(Self.session, port: port)
        #expect(try saved.replayed() == saved.checkpoint)
    }

    @Test("Put away with short limits given on the command line, and back bit for bit, undo and futures too")
    func putAwayAndBack() throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(
            arguments: ["--data-dir", folder.path, "--pause-after", "0.1", "--put-away-after", "0.2"])
        var before: [String: Any] = [:]
        do {
            let page = try PageClient(port: server.port)
            try page.ask("open", ["session": Self.session, "recipe": Served.recipe])
            try page.ask("step", ["count": 600])
            try page.ask("set", ["path": "penalty.r1", "to": 0.3])
            try page.ask("step", ["count": 300])
            try page.ask("seek", ["step": 500])
            let reply = try page.ask("set", ["path": "batch", "to": 32])
            try page.ask("step", ["count": 100])
            before = try page.event("state") {
                $0.step == 600 && $0["revision"] as? Int ?? 0 > reply["revision"] as? Int ?? .max
            }
        }
        try waitUntil { try count("ganlab_sessions", server.port) == 0 }
        let page = try PageClient(port: server.port)
        let after = try page.ask("open", ["session": Self.session]).object("state")
        for key in ["recipe", "settings", "branches"] {
            #expect(after[key] as? NSObject == before[key] as? NSObject, "\(key)")
        }
        #expect(after.step == 600 && after["tip"] as? Int == 600)
        #expect(after["branch"] as? Int == 1 && after["canUndo"] as? Bool == true)
        try compareWithReplay(server.port)
        try page.ask("checkout", ["branch": 0])
        try page.ask("seek", ["step": 900])
        #expect(try recipe(server.port).timeline.map(\.step) == [600])
        try compareWithReplay(server.port)
        // The checkout, the change of the batch, the change of the penalty.
        for (timeline, step) in [([500], 600), ([600], 500), ([], 600)] {
            #expect(try page.ask("undo").isOK)
            // Answered when it is there.
            #expect(try page.ask("step").step == step + 1)
            #expect(try recipe(server.port).timeline.map(\.step) == timeline)
            try compareWithReplay(server.port)
            try page.ask("seek", ["step": step])
        }
    }

    @Test("Nobody watching, it pauses; somebody back, it is where it was left")
    func pauses() throws {
        let served = try Served(limits: Self.limits(pause: .milliseconds(50), putAway: .seconds(3600)))
        do {
            let (page, _) = try served.page(["session": Self.session, "recipe": Served.recipe])
            try page.ask("play")
        }
        // Standing still once may be chance on a busy machine.
        var last = -1
        var still = 0
        try waitUntil {
            Thread.sleep(forTimeInterval: 0.2)
            let steps = try count("ganlab_steps_total", served.port)
            still = steps == last ? still + 1 : 0
            last = steps
            return still == 8
        }
        let (_, state) = try served.page(["session": Self.session])
        #expect(state["playing"] as? Bool == false)
        #expect(state["message"] as? String == "Paused, because nobody was watching.")
    }

    @Test(
        "One whose networks are too large to be kept for long is put away as soon as it pauses, and comes back"
    )
    func large() throws {
        let folder = try TemporaryFolder()
        var limits = Self.limits(pause: .milliseconds(50), putAway: .seconds(3600))
        limits.checkpointBytes = 1
        let served = try Served(limits: limits, dataFolder: folder.path)
        do {
            let (page, _) = try served.page(["session": Self.session, "recipe": Served.recipe])
            try page.ask("step", ["count": 3])
        }
        try waitUntil { try count("ganlab_sessions", served.port) == 0 }
        let (_, state) = try served.page(["session": Self.session])
        #expect(state.step == 3)
    }

    @Test("Come and go as they may, no edit is lost and no session is there twice")
    func comingAndGoing() throws {
        let folder = try TemporaryFolder()
        let served = try Served(
            limits: Self.limits(pause: .zero, putAway: .zero), dataFolder: folder.path)
        let port = served.port
        let paths = [
            "generator.optimizer.learningRate", "discriminator.optimizer.learningRate", "penalty.r1",
        ]
        let results = Results()
        // Each opens the session, steps, changes a setting of its own and leaves at once; the session is put away
        // whenever all three happen to be away.
        DispatchQueue.concurrentPerform(iterations: paths.count) { index in
            for round in 0..<40 {
                let value = 0.01 + Double(round) / 1024
                do {
                    let page = try PageClient(port: port)
                    try page.ask("open", ["session": Self.session, "recipe": Served.recipe])
                    try page.ask("step")
                    let reply = try page.ask("set", ["path": paths[index], "to": value])
                    if reply.isOK, reply["warning"] == nil {
                        results.add(
                            Edit(step: reply.step, change: .set(path: paths[index], value: .number(value))))
                    } else {
                        results.fail("\(reply)")
                    }
                } catch {
                    results.fail("\(error)")
                }
            }
        }
        #expect(results.failures.isEmpty)
        let (page, state) = try served.page(["session": Self.session])
        let timeline = Set(try recipe(port).timeline)
        let lost = results.edits.filter { !timeline.contains($0) }
        #expect(lost.isEmpty, "\(lost.count) of \(results.edits.count) edits were lost")
        #expect(state.step >= paths.count)
        try compareWithReplay(port)
        withExtendedLifetime(page) {}
    }

    @Test("A lab that is full puts away whom nobody watches; all of them come back")
    func makingRoom() throws {
        let folder = try TemporaryFolder()
        var limits = LabLimits()
        limits.sessions = 2
        let served = try Served(limits: limits, dataFolder: folder.path)
        let names = (0..<6).map { "making-room-session-\($0)" }
        for (index, name) in names.enumerated() {
            // The one before may not have been seen to leave yet.
            try waitUntil {
                let page = try PageClient(port: served.port)
                guard try page.ask("open", ["session": name, "recipe": Served.recipe]).isOK else {
                    return false
                }
                return try page.ask("step", ["count": 10 + index]).isOK
            }
        }
        for (index, name) in names.enumerated() {
            var state: [String: Any] = [:]
            try waitUntil {
                state = try PageClient(port: served.port).ask("open", ["session": name])
                return state.isOK
            }
            #expect(state.object("state").step == 10 + index)
        }
    }

    @Test("After a restart any earlier step is near: what is replayed is bounded by the ladder's spacing")
    func ladder() throws {
        let folder = try TemporaryFolder()
        var recipe = Served.recipe
        recipe["settings"] = [
            "seed": 7, "batch": 8, "generator.hidden": [32, 32], "discriminator.hidden": [32, 32],
        ]
        do {
            let server = try ServerProcess(arguments: ["--data-dir", folder.path])
            let page = try PageClient(port: server.port)
            try page.ask("open", ["session": Self.session, "recipe": recipe])
            try page.ask("seek", ["step": 60_000])
            // One every 512 steps, and the latest.
            try waitUntil { try count("ganlab_store_checkpoints", server.port) >= 60_000 / 512 }
            server.kill()
        }
        let served = try ServerProcess(arguments: ["--data-dir", folder.path])
        let page = try PageClient(port: served.port)
        // How far it had come may be written down later than the checkpoints on the way there.
        #expect(try page.ask("open", ["session": Self.session]).isOK)
        #expect(try page.ask("seek", ["step": 60_000]).step == 60_000)
        for step in [59_999, 31_337, 1_500, 44_444] {
            let before = try count("ganlab_steps_total", served.port)
            #expect(try page.ask("seek", ["step": step]).step == step)
            var replayed = 0
            // A slice is counted when it ends, just after its answer.
            try waitUntil {
                replayed = try count("ganlab_steps_total", served.port) - before
                return replayed > 0
            }
            #expect(replayed <= 1024, "\(step)")
            try compareWithReplay(served.port)
        }
    }

    /// The steps that the charts of the session have points of.
    private func charted(_ port: UInt16, _ session: String = session) throws -> [Int] {
        let rows = try HTTPClient.get("/api/sessions/\(session)/metrics.csv", port: port).text
            .split(whereSeparator: \.isNewline).dropFirst()
        return try rows.map { try #require(Int($0.prefix { $0 != "," })) }
    }

    @Test("What is opened late in its run has charts of all of it, also where nothing was replayed")
    func chartsOfWhatWasReplayed() throws {
        let served = try Served()
        let (page, _) = try served.page(["session": Self.session])
        try page.ask("load", ["recipe": Served.recipe, "step": 4_000])
        let replayed = try charted(served.port)
        #expect(replayed.count >= 30 && replayed.contains { (1...200).contains($0) }, "\(replayed)")
        let link = try #require(try page.ask("link")["link"] as? String)
        let second = "lasting-test-session-02"
        let (other, _) = try served.page(["session": second, "link": link])
        #expect(try other.ask("seek", ["step": 4_000]).step == 4_000)
        #expect(Set(try charted(served.port, second)).isSuperset(of: replayed.dropLast()))
        // Whoever runs it again and looks less often takes nothing away.
        try page.ask("reset")
        try page.ask("seek", ["step": 3_900])
        try page.ask("link")
        let third = "lasting-test-session-03"
        let (last, _) = try served.page(["session": third, "link": link])
        #expect(try last.ask("seek", ["step": 4_000]).step == 4_000)
        #expect(Set(try charted(served.port, third)).isSuperset(of: replayed.dropLast()))
    }

    @Test("What it is compared with survives a crash, until it is taken away")
    func comparison() throws {
        let folder = try TemporaryFolder()
        let told = { (state: [String: Any]) -> [NSObject?] in
            let twin = state.object("comparing")
            return [twin["recipe"] as? NSObject, twin["label"] as? NSObject]
        }
        var before: [NSObject?] = []
        do {
            let server = try ServerProcess(arguments: ["--data-dir", folder.path])
            let page = try PageClient(port: server.port)
            try page.ask("open", ["session": Self.session, "recipe": Served.recipe])
            try page.ask("step", ["count": 300])
            try page.ask("set", ["path": "penalty.r1", "to": 0.3, "compare": true])
            before = told(try page.event("state") { $0["comparing"] is [String: Any] })
            try page.ask("step", ["count": 100])
            server.kill()
        }
        do {
            let server = try ServerProcess(arguments: ["--data-dir", folder.path])
            let page = try PageClient(port: server.port)
            let state = try page.ask("open", ["session": Self.session]).object("state")
            #expect(told(state) == before)
            #expect(state.object("comparing").object("recipe")["timeline"] as? NSArray == [])
            // Both runs have to be there before the next step is made.
            #expect(try page.ask("seek", ["step": 400]).step == 400)
            #expect(try page.ask("step").step == 401)
            try page.ask("compareStop")
            server.kill()
        }
        let server = try ServerProcess(arguments: ["--data-dir", folder.path])
        let page = try PageClient(port: server.port)
        let state = try page.ask("open", ["session": Self.session]).object("state")
        #expect(!(state["comparing"] is [String: Any]))
    }

    @Test("A link made here is opened from what is known of the run, to the same bits")
    func knownLink() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("seek", ["step": 20_000])
        try page.ask("set", ["path": "penalty.r1", "to": 0.2])
        try page.ask("seek", ["step": 30_000])
        let link = try #require(try page.ask("link")["link"] as? String)
        let before = try count("ganlab_steps_total", served.port)
        let (other, _) = try served.page(["session": Self.session, "link": link])
        #expect(try other.ask("seek", ["step": 30_000]).step == 30_000)
        #expect(try count("ganlab_steps_total", served.port) == before, "nothing is replayed")
        try compareWithReplay(served.port)
        try other.ask("seek", ["step": 12_345])
        try compareWithReplay(served.port)
    }
}

/// What several threads report.
private final class Results: Sendable {
    private let reported = Mutex<(edits: [Edit], failures: [String])>(([], []))

    var edits: [Edit] { reported.withLock { $0.edits } }
    var failures: [String] { reported.withLock { $0.failures } }

    func add(_ edit: Edit) { reported.withLock { $0.edits.append(edit) } }
    func fail(_ failure: String) { reported.withLock { $0.failures.append(failure) } }
}
