import Foundation
import Lab
import TestSupport
import Testing

@Suite("Where a session stops by itself, over a real socket", .realServers)
struct StopTests {
    @Test("It plays to exactly the step that was asked for, at any speed, and goes on when played again")
    func step() throws {
        let served = try Served()
        for speed in [NSNull(), 5000] as [Any] {
            let (page, _) = try served.page()
            try page.ask("speed", ["stepsPerSecond": speed])
            #expect(try page.ask("stopAt", ["step": 1237]).isOK)
            try page.ask("play")
            let state = try page.event("state") { $0["playing"] as? Bool == false && $0.step > 0 }
            #expect(state.step == 1237)
            #expect(state["stop"] is NSNull)
            try page.ask("play")
            let paused = try page.ask("pause")
            #expect(paused.step >= 1237)
        }
    }

    @Test("Everybody is told where, and that it is called off")
    func told() throws {
        let served = try Served()
        let (page, opened) = try served.page()
        #expect(opened["stop"] is NSNull)
        try page.ask("stopAt", ["step": 500])
        #expect(try page.event("state") { $0.object("stop")["step"] as? Int == 500 }.step == 0)
        try page.ask("stopAt", ["learned": true])
        _ = try page.event("state") { $0.object("stop")["learned"] as? Bool == true }
        try page.ask("stopAt")
        _ = try page.event("state") { $0["stop"] is NSNull }
        #expect(try page.ask("stopAt", ["step": -1]).errorCode == "outOfRange")
    }

    @Test("It stops when it has learned, at the same step whatever the speed")
    func learned() throws {
        let served = try Served()
        let recipe: [String: Any] = ["settings": ["target": "line"]]
        var stops: [Int] = []
        for speed in [NSNull(), 100_000] as [Any] {
            let (page, _) = try served.page(["recipe": recipe])
            try page.ask("speed", ["stepsPerSecond": speed])
            try page.ask("stopAt", ["learned": true])
            try page.ask("play")
            let state = try page.event("state") { $0["playing"] as? Bool == false && $0.step > 0 }
            #expect(state.object("verdict")["name"] as? String == "learned")
            stops.append(state.step)
        }
        #expect(stops[0] == stops[1])
        #expect(stops[0] > 0 && stops[0].isMultiple(of: 250))
    }
}
