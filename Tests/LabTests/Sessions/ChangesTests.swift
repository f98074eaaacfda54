import Lab
import Testing

@Suite("What stays the same from frame to frame")
struct ChangesTests {
    private static let layers = ["real", "fake", "latent"]
    private static let whole: [UInt16] = [1, 2, 9]

    @Test("A page that asks for changes is sent the reals and the noise once, and again when they are others")
    func once() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("watch", ["layers": Self.layers, "rate": 60, "changes": true])
        let first = try page.frame()
        #expect(first.kinds == Self.whole)
        try page.ask("play")
        // Whole as long as the page is behind, since a frame that is only offered may never arrive.
        _ = try page.frame { $0.kinds == [2] }
        for _ in 0..<10 { #expect(try page.frame().kinds == [2]) }
        try page.ask("pause")
        try page.ask("set", ["path": "target", "to": "grid25"])
        let moved = try page.frame { $0.kinds.contains(1) }
        #expect(moved.kinds == Self.whole && moved.sections[1] != first.sections[1])
    }

    @Test("Asking again brings the whole picture again")
    func again() throws {
        let served = try Served()
        let (page, _) = try served.page()
        for _ in 0..<2 {
            try page.ask("watch", ["layers": Self.layers, "changes": true])
            _ = try page.frame { $0.kinds == Self.whole }
            try page.ask("play")
            _ = try page.frame { $0.kinds == [2] }
            try page.ask("pause")
        }
    }

    @Test("Who does not ask for changes gets whole frames, beside one who does")
    func others() throws {
        let served = try Served()
        let (page, state) = try served.page()
        let (neighbour, _) = try served.page(["session": state["session"] ?? ""])
        try page.ask("watch", ["layers": Self.layers, "changes": true])
        try neighbour.ask("watch", ["layers": Self.layers])
        try page.ask("play")
        _ = try page.frame { $0.kinds == [2] }
        for _ in 0..<10 { #expect(try neighbour.frame().kinds == Self.whole) }
    }
}
