import TestSupport
import Testing

@Suite("What viewers are told of how a run is doing", .realServers)
struct VerdictTests {
    /// A small experiment that learns next to nothing, with some more settings.
    private static func idle(_ more: [String: Any] = [:]) -> [String: Any] {
        var recipe = Served.recipe
        var settings = recipe.object("settings")
        for network in ["generator", "discriminator"] { settings["\(network).optimizer.learningRate"] = 1e-6 }
        recipe["settings"] = settings.merging(more) { $1 }
        return recipe
    }

    private static func verdict(on run: [String: Any]) -> String? { run.object("verdict")["name"] as? String }

    /// Plays until the run is judged so; leaves it paused.
    private static func play(_ page: PageClient, until isWanted: (String) -> Bool) throws {
        try page.ask("watch", ["layers": ["metrics"]])
        try page.ask("play")
        _ = try page.event("state") { verdict(on: $0).map(isWanted) ?? false }
        try page.ask("pause")
    }

    @Test("Of another experiment that is opened it is said anew, also if it is the same")
    func anew() throws {
        let served = try Served()
        let (page, _) = try served.page(["recipe": Self.idle()])
        try Self.play(page) { $0 == "learning" }
        let alike = Self.idle(["discriminator.optimizer.learningRate": 2e-6])
        let reply = try page.ask("load", ["recipe": alike, "step": 200])
        let revision = try #require(reply["revision"] as? Int)
        let after = try page.event("state") {
            $0["revision"] as? Int ?? 0 >= revision && Self.verdict(on: $0) != nil
        }
        #expect(after.step == 200)
    }

    @Test("Of a copy beside the run it is what is said of the run: both have the same past")
    func twin() throws {
        let served = try Served()
        let (page, _) = try served.page(["recipe": Self.idle()])
        try Self.play(page) { !["warmingUp", "learning"].contains($0) }
        try page.ask("compare")
        let beside = try page.event("state") { Self.verdict(on: $0.object("comparing")) != nil }
        #expect(Self.verdict(on: beside) != "learning")
        #expect(Self.verdict(on: beside.object("comparing")) == Self.verdict(on: beside))
    }
}
