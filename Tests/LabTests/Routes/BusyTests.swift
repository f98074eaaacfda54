import Lab
import Testing

@Suite("A lab with too much to do")
struct BusyTests {
    /// A lab that accepts no work besides training.
    private static func busy() throws -> Served {
        var limits = LabLimits()
        limits.jobs.jobs = 0
        return try Served(limits: limits)
    }

    @Test(
        "Says so with 503, a sentence, and when to come back",
        arguments: ["picture.png", "safetensors", "film.gif"])
    func exports(name: String) throws {
        let served = try Self.busy()
        let (page, state) = try served.page()
        let answer = try HTTPClient.get("/api/sessions/\(state["session"]!)/\(name)", port: served.port)
        #expect(answer.status == 503)
        #expect(answer.head.contains("\r\nRetry-After: "))
        #expect((answer.json.object("error")["message"] as? String)?.contains("Try again") == true)
        #expect(try page.ask("step", ["count": 3]).step == 3, "training goes on")
    }

    @Test("Refuses large bodies and takes small ones")
    func bodies() throws {
        let served = try Self.busy()
        let small = #"{"recipe":{"version":1,"settings":{"seed":3}}}"#
        func post(_ body: String) throws -> Int {
            try HTTPClient.request("POST", "/api/recipes", body: Array(body.utf8), port: served.port).status
        }
        #expect(try post(small) == 201)
        #expect(try post(small + String(repeating: " ", count: 10_000)) == 503)
    }
}
