import GANEngine

/// Where a session was: all that decides what it would be there again.
package struct TimelinePosition: Hashable, Sendable {
    package var recipe: Recipe
    package var step: Int
    /// The furthest step that had been reached.
    package var tip: Int
    /// The branch it belongs to.
    package var branch: Branch.ID
    /// What it had come to, if somebody kept that; else the recipe recomputes it, to the same bits.
    package var checkpoint: Checkpoint?
}

extension TimelinePosition: Codable {
    private enum Key: String, CodingKey {
        case experiment, tip, branch
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(
            Base64URL.encode(Link(recipe: recipe, step: step).bytes), forKey: .experiment)
        try container.encode(tip, forKey: .tip)
        try container.encode(branch, forKey: .branch)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let text = try container.decode(String.self, forKey: .experiment)
        guard let bytes = Base64URL.decode(text) else { throw LinkError.malformed }
        let link = try Link(bytes: bytes)
        let tip = try container.decode(Int.self, forKey: .tip)
        let branch = try container.decode(Branch.ID.self, forKey: .branch)
        guard [link.step, tip, branch].allSatisfy(Bounds.counter.contains) else { throw LinkError.malformed }
        self.init(recipe: link.recipe, step: link.step, tip: tip, branch: branch)
    }
}
