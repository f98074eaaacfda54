import Foundation
import GANEngine
import Lab
import Testing

/// What once ended the process for everybody is answered, and the server goes on.
@Suite("Hostile input", .serialized)
struct HostileInputTests {
    private static let owner = "X-Owner: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

    private static func isAlive(_ served: Served) throws -> Bool {
        try HTTPClient.get("/healthz", port: served.port).status == 200
    }

    @Test("513 brackets are refused wherever JSON is read")
    func brackets() throws {
        let served = try Served()
        let brackets = String(repeating: "[", count: 513)
        for path in ["/api/recipes", "/api/import/points", "/api/import/safetensors", "/api/gallery"] {
            let answer = try HTTPClient.request(
                "POST", path, body: Array(brackets.utf8), headers: [Self.owner], port: served.port)
            #expect(answer.status == 400, "\(path)")
        }
        let (page, _) = try served.page()
        try page.send(text: brackets)
        #expect(try page.answer(to: nil).errorCode == "tooLarge")
        #expect(try page.ask("ping").isOK, "and the connection stays")
    }

    @Test("A speed that no machine reaches is refused, and the session keeps its own")
    func speed() throws {
        let served = try Served()
        let (page, _) = try served.page()
        #expect(try page.ask("speed", ["stepsPerSecond": 50]).isOK)
        for speed in [1e300, 1_000_001, 0.01, -1, 0] {
            #expect(try page.ask("speed", ["stepsPerSecond": speed]).errorCode == "outOfRange", "\(speed)")
        }
        #expect(try page.ask("speed", ["stepsPerSecond": 1_000_000]).isOK)
        #expect(try page.ask("play").isOK)
        #expect(try page.ask("step", ["count": 5]).isOK)
    }

    @Test("A mixture of points is opened, watched and measured")
    func points() throws {
        let served = try Served()
        var recipe = Served.recipe
        recipe["settings"] = [
            "batch": 16, "generator.hidden": [8], "discriminator.hidden": [8],
            "target": [
                "mixture": [
                    ["mean": [0, 0], "variance": [0, 0]],
                    ["mean": [1, 1], "variance": [0.01, 0.04], "covariance": 0.02],
                ]
            ],
        ]
        let (page, _) = try served.page(["recipe": recipe])
        try page.ask("watch", ["layers": FrameRequest.Layer.allCases.map(\.rawValue), "rate": 60])
        try page.ask("step", ["count": 200])
        _ = try page.frame { $0.step == 200 && $0.sections[8] != nil }
        #expect(try page.ask("explain").isOK)
    }

    @Test("A checkpoint that counts to the end of integers is refused in words")
    func counters() throws {
        let served = try Served()
        let experiment = try Experiment(Recipe())
        var file = try SafeTensors(
            bytes: CheckpointFile(recipe: experiment.recipe, checkpoint: experiment.checkpoint()).bytes)
        for key in ["generator.updates", "discriminator.updates", "step"] {
            let good = file.metadata[key]
            file.metadata[key] = "9223372036854775807"
            let answer = try HTTPClient.request(
                "POST", "/api/import/safetensors", body: file.bytes, port: served.port)
            #expect(answer.status == 400)
            #expect(answer.text.contains("its \(key) is '9223372036854775807'"))
            file.metadata[key] = good
        }
    }

    @Test("A checkpoint of the largest weights there are is opened and watched whole, and diverges in order")
    func weights() throws {
        let served = try Served()
        let experiment = try Experiment(Recipe())
        // At step 0 the recipe alone says what the weights are.
        try experiment.run(steps: 20)
        var file = try SafeTensors(
            bytes: CheckpointFile(recipe: experiment.recipe, checkpoint: experiment.checkpoint()).bytes)
        for (name, tensor) in file.tensors where name.hasSuffix("weight") {
            file.tensors[name] = .init(
                shape: tensor.shape, values: tensor.values.indices.map { $0 % 3 == 0 ? -3.4e38 : 3.4e38 })
        }
        let answer = try HTTPClient.request(
            "POST", "/api/import/safetensors", body: file.bytes, port: served.port)
        // Nobody's token came with the file: the session belongs to the first who shows one.
        let (page, _) = try served.page([
            "session": try #require(answer.json["session"] as? String),
            "owner": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        ])
        try page.ask("watch", ["layers": FrameRequest.Layer.allCases.map(\.rawValue), "rate": 60])
        let frame = try page.frame { $0.sections[18] != nil }
        for index in 0..<5 {
            let bits = UInt32(frame.number(7, at: 4 * index, size: 4))
            #expect(Float(bitPattern: bits).isFinite)
        }
        #expect(frame.sections[16] != nil && frame.sections[17] != nil && frame.sections[19] != nil)
        for path in ["picture.png", "picture.svg", "samples.csv", "metrics.csv"] {
            let session = try #require(answer.json["session"] as? String)
            #expect(try HTTPClient.get("/api/sessions/\(session)/\(path)", port: served.port).status == 200)
        }
        #expect(try page.ask("step", ["count": 3]).errorCode == "diverged")
        #expect(try Self.isAlive(served))
    }
}
