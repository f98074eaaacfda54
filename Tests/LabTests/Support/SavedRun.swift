import Foundation
import GANEngine
import Testing

/// What a session is at this moment, as it can be taken home.
struct SavedRun {
    let recipe: Recipe
    let step: Int
    let checkpoint: [UInt8]

    init(_ session: String, port: UInt16) throws {
        recipe = try Self.recipe(of: session, port: port)
        checkpoint = try HTTPClient.get("/api/sessions/\(session)/checkpoint", port: port).body
        step = try Checkpoint(bytes: checkpoint).step
    }

    /// Of the session that a page was told the state of.
    init(_ state: [String: Any], port: UInt16) throws {
        try self.init(try #require(state["session"] as? String), port: port)
    }

    static func recipe(of session: String, port: UInt16) throws -> Recipe {
        let file = try HTTPClient.get("/api/sessions/\(session)/recipe", port: port)
        return try JSONDecoder().decode(Recipe.self, from: Data(file.body))
    }

    /// The checkpoint that the recipe alone gives.
    func replayed() throws -> [UInt8] {
        let experiment = try Experiment(recipe)
        try experiment.run(steps: step)
        return experiment.checkpoint().bytes
    }
}
