import Foundation
import Lab
import Testing

/// Many openings cost others nothing: what nobody works on takes no place that somebody needs, and is not stored.
@Suite("Openings in great number", .serialized)
struct FloodTests {
    private static let session = "flood-test-session-0001"

    private func count(_ name: String, _ port: UInt16) throws -> Int {
        let text = try HTTPClient.get("/metrics", port: port).text
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return try #require(line?.split(separator: " ").last.flatMap { Int($0) }, "\(name)")
    }

    @Test("Without a data folder, a session that was left for a moment outlives any number of openings")
    func openings() throws {
        var limits = LabLimits()
        limits.sessions = 8
        let served = try Served(limits: limits)
        do {
            let page = try PageClient(port: served.port)
            try page.ask("open", ["session": Self.session, "recipe": Served.recipe])
            try page.ask("step", ["count": 7])
        }
        let flood = try PageClient(port: served.port)
        flood.owner = nil
        for _ in 0..<100 { #expect(try flood.ask("open", ["recipe": Served.recipe]).isOK) }
        // Whoever makes room takes a moment to leave.
        for _ in 0..<3_000 where try count("ganlab_sessions", served.port) > 8 {
            Thread.sleep(forTimeInterval: 0.01)
        }
        #expect(try count("ganlab_sessions", served.port) <= 8)
        #expect(try served.page(["session": Self.session]).state.step == 7)
    }

    @Test("Who fills the lab with work of their own leaves room, and keeps their own")
    func sockets() throws {
        var limits = LabLimits()
        limits.sessions = 9
        let served = try Served(limits: limits)
        var pages: [PageClient] = []
        var refusal: [String: Any] = [:]
        while refusal.isEmpty {
            let page = try PageClient(port: served.port)
            let reply = try page.ask("open", ["recipe": Served.recipe])
            guard reply.isOK else {
                refusal = reply
                continue
            }
            try page.ask("step")
            pages.append(page)
        }
        #expect(refusal.errorCode == "serverFull")
        #expect(pages.count == 8)
        for page in pages { #expect(try page.ask("step").step == 2) }
    }

    @Test("What nobody has worked on is not stored; the first step is")
    func stored() throws {
        let folder = try TemporaryFolder()
        let served = try Served(dataFolder: folder.path)
        let page = try PageClient(port: served.port)
        for _ in 0..<20 { try page.ask("open", ["recipe": Served.recipe, "step": 3]) }
        try page.ask("watch", ["layers": ["fake"]])
        #expect(try page.frame { $0.step == 3 }.step == 3)
        #expect(try count("ganlab_store_sessions", served.port) == 0)
        let reply = try page.ask("step")
        #expect(reply.isOK && reply["warning"] == nil)
        #expect(try count("ganlab_store_sessions", served.port) == 1)
    }
}
