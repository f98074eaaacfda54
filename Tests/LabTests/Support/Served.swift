import Lab
import Logging
import TestSupport
import WebServer

/// A real server on loopback for one test.
final class Served {
    let server: LabServer
    var port: UInt16 { UInt16(server.port) }

    init(
        trainers: Int = 2, limits: LabLimits = LabLimits(), dataFolder: String? = nil,
        store: StoreLimits = StoreLimits()
    ) throws {
        var configuration = LabServer.Configuration(server: .patient)
        configuration.server.logsAccess = false
        configuration.trainers = trainers
        configuration.limits = limits
        configuration.dataFolder = dataFolder
        configuration.store = store
        var logger = Logger(label: "test")
        logger.logLevel = .error
        server = try LabServer(configuration, logger: logger)
        try server.start()
    }

    deinit { server.stop() }

    /// A page that has opened a session; by default one on a small, fast experiment.
    func page(_ opening: [String: Any] = ["recipe": Served.recipe]) throws -> (
        PageClient, state: [String: Any]
    ) {
        let page = try PageClient(port: port)
        let reply = try page.ask("open", opening)
        guard let state = reply["state"] as? [String: Any] else {
            throw PageClient.Failure(description: "not opened: \(reply)")
        }
        return (page, state)
    }

    /// Small networks, so that tests are quick on a busy machine.
    static var recipe: [String: Any] {
        [
            "version": 1,
            "settings": [
                "seed": 7, "target": "ring", "batch": 16, "generator.hidden": [8],
                "discriminator.hidden": [8],
            ],
            "timeline": [],
        ]
    }
}

extension [String: Any] {
    var isOK: Bool { self["ok"] as? Bool == true }
    var step: Int { self["step"] as? Int ?? -1 }
    var errorCode: String? { (self["error"] as? [String: Any])?["code"] as? String }
    func object(_ key: String) -> [String: Any] { self[key] as? [String: Any] ?? [:] }
}
