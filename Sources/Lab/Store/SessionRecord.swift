import FoundationEssentials
import GANEngine

/// A session as it survives the process: a recipe and how far it has come.
///
/// Weights are not part of it: the recipe recomputes them, bit for bit.
package struct SessionRecord: Hashable, Sendable {
    package let id: String
    package var recipe: Recipe
    package var step: Int
    package var playing: Bool
    /// Steps a second, or nil for as fast as it goes.
    package var speed: Double?
    /// Where this session was forked from.
    package var origin: Origin?
    /// What else whoever runs the session wants to find again, in an encoding of their own.
    package var memo: String
    package var updated: Date

    package init(
        id: String, recipe: Recipe, step: Int = 0, playing: Bool = false, speed: Double? = nil,
        origin: Origin? = nil, memo: String = "", updated: Date = .now
    ) {
        self.id = id
        self.recipe = recipe
        self.step = step
        self.playing = playing
        self.speed = speed
        self.origin = origin
        self.memo = memo
        self.updated = updated
    }

    /// The place in another session where this one begins to differ from it.
    package struct Origin: Hashable, Sendable {
        package let session: String
        package let step: Int

        package init(session: String, step: Int) {
            self.session = session
            self.step = step
        }
    }

    /// Lives through one journal entry.
    package mutating func apply(_ entry: JournalEntry) {
        switch entry {
        case .edited(let edit):
            recipe.timeline.removeAll { $0.step > edit.step }
            recipe.timeline.append(edit)
            step = max(step, edit.step)
        case .replaced(let recipe, let step):
            self.recipe = recipe
            self.step = step
        case .moved(let step):
            self.step = step
        case .paced(let playing, let speed):
            self.playing = playing
            self.speed = speed
        }
    }
}

/// What the store can say about a session without reading its recipe.
package struct SessionSummary: Hashable, Sendable {
    package let id: String
    package let playing: Bool
    package let origin: SessionRecord.Origin?
    package let updated: Date
}

/// An experiment's state at a step, in the engine's own encoding.
package struct StoredCheckpoint: Hashable, Sendable {
    package let session: String
    package let step: Int
    package let bytes: [UInt8]

    package init(session: String, step: Int, bytes: [UInt8]) {
        self.session = session
        self.step = step
        self.bytes = bytes
    }
}
