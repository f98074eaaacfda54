import Foundation
import GANEngine
import Lab
import TestSupport
import Testing

@Suite("The lab over HTTP", .realServers)
struct RouteTests {
    private static let owner = "X-Owner: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    private static let stranger = "X-Owner: HxweHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE"

    @Test(
        "The schema names every setting, target, preset and metric, each target with a picture of its samples"
    )
    func schema() throws {
        let served = try Served()
        let schema = try HTTPClient.get("/api/schema", port: served.port).json
        let fields = try #require(schema["fields"] as? [[String: Any]])
        #expect(fields.count == Schema.fields.count)
        #expect(fields.allSatisfy { $0["label"] is String && $0["help"] is String && $0["kind"] is String })
        let targets = try #require(schema["targets"] as? [[String: Any]])
        #expect(targets.count == NamedTarget.allCases.count)
        for target in targets {
            let samples = try #require(target["thumbnail"] as? [[Double]])
            #expect(samples.count == 200)
            #expect(samples.allSatisfy { $0.count == 2 })
        }
        #expect((schema["metrics"] as? [Any])?.count == MetricKind.allCases.count)
        #expect((schema["presets"] as? [Any])?.count == Preset.all.count)
    }

    @Test("Machines are told that it lives, is ready, and what it counts")
    func status() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("step", ["count": 10])
        #expect(try HTTPClient.get("/healthz", port: served.port).status == 200)
        #expect(try HTTPClient.get("/readyz", port: served.port).status == 200)
        var metrics = ""
        // A slice of training is counted when it ends, which may be just after its last answer was sent.
        let isCounted = try eventually {
            metrics = try HTTPClient.get("/metrics", port: served.port).text
            return metrics.contains("\nganlab_steps_total 10\n")
        }
        #expect(isCounted)
        #expect(metrics.contains("\nganlab_sessions 1\n"))
        #expect(metrics.contains("\nwebsocket_connections 1\n"))
    }

    @Test("A link is made and read, and a bad one is refused with the reason")
    func links() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("step", ["count": 42])
        let link = try #require(try page.ask("link")["link"] as? String)
        let read = try HTTPClient.get("/api/link?text=\(link)", port: served.port)
        #expect(read.json["step"] as? Int == 42)
        let (_, opened) = try served.page(["link": link])
        #expect(opened.object("recipe").object("settings")["seed"] as? Int == 7)
        #expect(opened["seeking"] as? Int == 42 || opened.step == 42)
        let cut = try HTTPClient.get("/api/link?text=\(link.dropLast(3))", port: served.port)
        #expect(cut.status == 400)
        #expect(cut.json.object("error")["code"] as? String == "malformed")
        #expect(try page.ask("open", ["link": String(link.dropLast(3))]).errorCode == "malformed")
    }

    @Test("A drawing too long for an address is kept under a short name")
    func longLink() throws {
        let served = try Served()
        let points = (0..<4000).map { index -> [Double] in
            let angle = Double(index) * 0.618
            return [0.5 + 0.4 * cos(angle * angle), 0.5 + 0.4 * sin(angle * 1.7)]
        }
        let recipe: [String: Any] = [
            "version": 1, "timeline": [],
            "settings": ["target": ["drawing": [["width": 0.02, "points": points]]], "batch": 16],
        ]
        let (page, _) = try served.page(["recipe": recipe])
        let link = try #require(try page.ask("link")["link"] as? String)
        #expect(link.count < 20)
        let (other, opened) = try served.page(["link": link])
        #expect(opened.object("recipe").object("settings")["target"] is [String: Any])
        try page.ask("step", ["count": 7])
        let later = try #require(try page.ask("link")["link"] as? String)
        #expect(later.suffix(10) == link.suffix(10), "it is kept once for all steps")
        #expect(try other.ask("load", ["link": later]).step == 7)
        #expect(try other.ask("load", ["link": "~7.0123456789"]).errorCode == "notFound")
        #expect(try HTTPClient.get("/api/link?text=\(later)", port: served.port).json.step == 7)
    }

    @Test("How much is kept, how much may be, and for how long, is there for all to see")
    func storeUse() throws {
        let folder = try TemporaryFolder()
        let limits = StoreLimits(bytes: 5 << 20, sessionAge: 3 * StoreLimits.day, trashAge: StoreLimits.day)
        let served = try Served(dataFolder: folder.path, store: limits)
        let (page, _) = try served.page()
        try page.ask("step", ["count": 5])
        let use = try HTTPClient.get("/api/store", port: served.port).json
        #expect(use["quota"] as? Int == 5 << 20)
        #expect(use["keptDays"] as? Double == 3 && use["trashDays"] as? Double == 1)
        #expect((1...5 << 20).contains(use["used"] as? Int ?? 0))
        #expect(use["sessions"] as? Int == 1)
        let metrics = try HTTPClient.get("/metrics", port: served.port).text
        #expect(metrics.contains("\nganlab_store_limit_bytes 5242880\n"))
        #expect(metrics.contains("\nganlab_store_sessions 1\n"))
    }

    @Test("A store that is full says so, keeps all that was saved, and training goes on")
    func fullStore() throws {
        let folder = try TemporaryFolder()
        let served = try Served(dataFolder: folder.path, store: StoreLimits(bytes: 400_000))
        let (page, state) = try served.page()
        try page.ask("step", ["count": 5])
        let body = Array(#"{"session":"\#(state["session"]!)","title":"A ring"}"#.utf8)
        var saved: [String] = []
        var refusal: HTTPClient.Answer?
        while refusal == nil, saved.count < 200 {
            let answer = try HTTPClient.request(
                "POST", "/api/gallery", body: body, headers: [Self.owner], port: served.port)
            if let id = answer.json["id"] as? String { saved.append(id) } else { refusal = answer }
        }
        #expect(refusal?.status == 507)
        let message = refusal?.json.object("error")["message"] as? String
        #expect(message?.contains("The store is full") == true)
        #expect(saved.count > 3)
        for id in saved {
            #expect(try HTTPClient.get("/api/gallery/\(id)/thumbnail", port: served.port).status == 200)
        }
        let reply = try page.ask("set", ["path": "penalty.r1", "to": 0.2])
        #expect(reply.isOK && reply["warning"] == nil, "an edit always has room")
        let delete = try HTTPClient.request(
            "DELETE", "/api/gallery/\(saved[0])", headers: [Self.owner], port: served.port)
        #expect(delete.status == 200)
    }

    @Test("What is too old is swept away while the lab runs, what somebody saved is not")
    func sweeping() throws {
        let folder = try TemporaryFolder()
        var limits = LabLimits()
        limits.sweepInterval = .milliseconds(50)
        limits.putAwayAfter = .zero
        let served = try Served(
            limits: limits, dataFolder: folder.path, store: StoreLimits(sessionAge: 0.1))
        do {
            let (page, state) = try served.page()
            try page.ask("step", ["count": 5])
            let body = Array(#"{"session":"\#(state["session"]!)","title":"A ring"}"#.utf8)
            let saved = try HTTPClient.request(
                "POST", "/api/gallery", body: body, headers: [Self.owner], port: served.port)
            #expect(saved.status == 201)
            Thread.sleep(forTimeInterval: 0.3)
            #expect(try page.ask("set", ["path": "penalty.r1", "to": 0.2])["warning"] == nil)
        }
        var use: [String: Any] = [:]
        let isSwept = try eventually {
            use = try HTTPClient.get("/api/store", port: served.port).json
            return use["sessions"] as? Int == 0
        }
        #expect(isSwept)
        #expect(use["experiments"] as? Int == 1)
    }

    @Test("What has not been trained has no loss: its cells in the table of metrics are empty")
    func lossesBeforeTraining() throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("watch", ["layers": ["metrics", "history"]])
        let measured = { (step: String) in
            let table = try HTTPClient.get(
                "/api/sessions/\(state["session"]!)/metrics.csv", port: served.port)
            let rows = table.text.split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            return rows.first { $0[0] == step }
        }
        #expect(try eventually { try measured("0") != nil })
        try page.ask("step", ["only": "discriminator", "count": 3])
        #expect(try eventually { try measured("3") != nil })
        #expect(try measured("0")?[1...2] == ["", ""])
        #expect(try measured("3")?[1].isEmpty == false)
        #expect(try measured("3")?[2] == "", "G has not learned yet")
    }

    @Test("Everything a session can be taken home as")
    func exports() throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("step", ["count": 5])
        let base = "/api/sessions/\(state["session"]!)"
        for (name, start) in [
            ("recipe", "{"), ("safetensors", ""), ("samples.csv", "x,y\r\n"), ("metrics.csv", "step,"),
            ("picture.png", "\u{FFFD}PNG"), ("picture.svg", "<"), ("numpy.py", "\"\"\"Samples"),
            ("film.gif", "GIF89a"), ("model.zip", "PK"), ("samples.csv?format=excel", "\u{FEFF}x;y\r\n"),
        ] {
            let file = try HTTPClient.get("\(base)/\(name)", port: served.port)
            #expect(file.status == 200, "\(name)")
            #expect(file.text.hasPrefix(start), "\(name)")
        }
        let picture = try HTTPClient.get("\(base)/picture.svg", port: served.port).text
        #expect(picture.lowercased().contains("#d1439b"), "the arrows of the first picture are there")
        let wrong = [
            "picture.png?side=9", "samples.csv?count=0", "samples.csv?count=100001", "metrics.csv?format=x",
        ]
        for name in wrong {
            #expect(try HTTPClient.get("\(base)/\(name)", port: served.port).status == 400, "\(name)")
        }
        let many = try HTTPClient.get("\(base)/samples.csv?count=100000", port: served.port)
        #expect(many.text.split(separator: "\r\n").count == 100_001)
        let nowhere = "/api/sessions/nobody-knows-this-one/recipe"
        #expect(try HTTPClient.get(nowhere, port: served.port).status == 404)
        let weights = try HTTPClient.get("\(base)/safetensors", port: served.port)
        let imported = try HTTPClient.request(
            "POST", "/api/import/safetensors", body: weights.body, port: served.port)
        #expect(imported.status == 201)
        let session = try #require(imported.json["session"] as? String)
        #expect(try served.page(["session": session]).state.step == 5)
        let original = try HTTPClient.get("\(base)/checkpoint", port: served.port)
        let copy = try HTTPClient.get("/api/sessions/\(session)/checkpoint", port: served.port)
        #expect(copy.body == original.body)
    }

    @Test("Points and pictures are taken as targets, and what is wrong with them is said")
    func imports() throws {
        let served = try Served()
        let points = try HTTPClient.request(
            "POST", "/api/import/points", body: Array("x,y\n1,2\n3,4\n5,7\n".utf8), port: served.port)
        #expect(points.status == 200)
        #expect((points.json.object("target")["points"] as? [Any])?.count == 3)
        #expect(points.json.object("report")["leftOut"] as? Int == 0)
        let text = try HTTPClient.request(
            "POST", "/api/import/points", body: Array("1,2\n3,cow\n".utf8), port: served.port)
        #expect(text.status == 400)
        let error = text.json.object("error")
        #expect((error["message"] as? String)?.contains("cow") == true)
        #expect(error.object("details")["reason"] as? String == "notANumber")
        #expect(error.object("details").object("values")["line"] as? String == "2")
        let swapped = try HTTPClient.request(
            "POST", "/api/import/points?x=1&y=0&scaling=perAxis", body: Array("1,2\n3,40".utf8),
            port: served.port)
        #expect(swapped.json.object("report")["x"] as? Int == 1)
        #expect((swapped.json.object("target")["scale"] as? [Double])?.count == 2)
        for query in ["x=9", "x=a", "scaling=odd", "encoding=morse"] {
            let refused = try HTTPClient.request(
                "POST", "/api/import/points?\(query)", body: Array("1,2\n3,4".utf8), port: served.port)
            #expect(refused.status == 400, "\(query)")
        }
        let large = try HTTPClient.request(
            "POST", "/api/import/density?columns=10000&rows=10000", body: [0], port: served.port)
        #expect(large.status == 400)
    }

    @Test("The gallery: saved, found, renamed and deleted by its owner alone, and restored")
    func gallery() throws {
        let served = try Served()
        let (page, state) = try served.page()
        try page.ask("step", ["count": 5])
        func send(_ method: String, _ path: String, _ body: String, _ owner: String) throws
            -> HTTPClient.Answer
        {
            try HTTPClient.request(method, path, body: Array(body.utf8), headers: [owner], port: served.port)
        }
        let words = #"{"session":"\#(state["session"]!)","title":"A ring","tags":["ring"],"nickname":"Ada"}"#
        let saved = try send("POST", "/api/gallery", words, Self.owner)
        #expect(saved.status == 201)
        let id = try #require(saved.json["id"] as? String)
        let found = try send("GET", "/api/gallery?search=ring", "", Self.stranger).json
        #expect(found["total"] as? Int == 1)
        let entry = try #require((found["experiments"] as? [[String: Any]])?.first)
        #expect(entry["own"] as? Bool == false)
        #expect(entry.step == 5)
        #expect(try served.page(["link": entry["link"]!]).state["session"] as? String != nil)
        #expect(try HTTPClient.get("/api/gallery/\(id)/thumbnail", port: served.port).status == 200)
        let film = try HTTPClient.get("/api/gallery/\(id)/film.gif", port: served.port)
        #expect(film.text.hasPrefix("GIF89a"))
        #expect(try HTTPClient.get("/api/gallery/\(id)/film.gif", port: served.port).body == film.body)
        #expect(try send("PATCH", "/api/gallery/\(id)", #"{"title":"Mine"}"#, Self.stranger).status == 403)
        #expect(try send("PATCH", "/api/gallery/\(id)", #"{"title":""}"#, Self.owner).status == 400)
        #expect(try send("PATCH", "/api/gallery/\(id)", #"{"title":"Round"}"#, Self.owner).status == 200)
        #expect(try send("DELETE", "/api/gallery/\(id)", "", Self.stranger).status == 403)
        #expect(try send("DELETE", "/api/gallery/\(id)", "", Self.owner).status == 200)
        #expect(try send("GET", "/api/gallery", "", Self.owner).json["total"] as? Int == 0)
        for picture in ["thumbnail", "film.gif"] {
            let answer = try HTTPClient.get("/api/gallery/\(id)/\(picture)", port: served.port)
            #expect(answer.status == 404, "\(picture) of what was deleted")
        }
        #expect(try send("POST", "/api/gallery/\(id)/restore", "", Self.owner).status == 200)
        #expect(try send("GET", "/api/gallery?search=round", "", Self.owner).json["total"] as? Int == 1)
        #expect(try HTTPClient.get("/api/gallery/\(id)/film.gif", port: served.port).body == film.body)
        #expect(try send("DELETE", "/api/gallery/nowhere123", "", Self.owner).status == 404)
    }

    @Test("Eight seeds: a strip until every seed is done, each with its numbers")
    func seeds() throws {
        let served = try Served()
        let (page, _) = try served.page()
        #expect(try page.ask("seeds", ["count": 3, "steps": 200]).isOK)
        let last = try page.frame { frame in
            guard frame.kinds == [13] else { return false }
            let size = 32 + 150 * 4
            return (0..<3).allSatisfy { frame.number(13, at: 4 + $0 * size + 8, size: 4) == 1 }
        }
        let size = 32 + 150 * 4
        #expect((0..<3).map { last.number(13, at: 4 + $0 * size, size: 4) } == [7, 8, 9])
        #expect((0..<3).allSatisfy { last.number(13, at: 4 + $0 * size + 4, size: 4) == 200 })
    }

    @Test("A twin goes on without the change, on the same clock")
    func compare() throws {
        let served = try Served()
        let (page, _) = try served.page()
        try page.ask("step", ["count": 100])
        let reply = try page.ask(
            "set", ["path": "generator.optimizer.learningRate", "to": 0.05, "compare": true])
        #expect(reply.isOK)
        try page.ask("watch", ["layers": ["fake"]])
        try page.ask("step", ["count": 200])
        let frame = try page.frame { $0.step == 300 }
        #expect(frame.kinds == [2, 12, 2])
        let state = try page.event("state") { !($0["comparing"] is NSNull) }
        #expect((state.object("comparing").object("recipe")["timeline"] as? [Any])?.isEmpty == true)
        #expect(try page.ask("compareStop").isOK)
    }
}
