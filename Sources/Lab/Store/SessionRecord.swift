import FoundationEssentials
import GANEngine

/// A session as it survives the process: a recipe, how far it has come, and what can be undone.
///
/// Weights are not part of it: the recipe recomputes them, bit for bit.
package struct SessionRecord: Hashable, Sendable {
    package let id: String
    package var recipe: Recipe
    package var step: Int
    /// The furthest step that this timeline has reached.
    package var tip: Int
    package var playing: Bool
    /// Steps a second, or nil for as fast as it goes.
    package var speed: Double?
    /// What can be undone, and the futures that were left.
    package var editHistory: EditHistory
    /// What it is compared with, if it is.
    package var twin: StoredTwin?
    /// Who may change it; nil if it is from before sessions had owners.
    package var owner: OwnerToken.Hash?
    /// Stands for the address it was opened from first, so that no address keeps what it stores at the cost of all
    /// others; nil if that is not known.
    package var origin: [UInt8]?
    /// Whether it is in memory now. As long as it is, no sweep takes it.
    package var isOpen: Bool
    /// How often in a row the process ended, other than by being told to, while this session was in memory.
    package var crashes: Int
    package var updated: Date

    package init(
        id: String, recipe: Recipe, step: Int = 0, tip: Int = 0, playing: Bool = false, speed: Double? = nil,
        editHistory: EditHistory = EditHistory(), twin: StoredTwin? = nil,
        owner: OwnerToken.Hash? = nil, origin: [UInt8]? = nil, isOpen: Bool = false, crashes: Int = 0,
        updated: Date = .now
    ) {
        self.id = id
        self.recipe = recipe
        self.step = step
        self.tip = max(tip, step)
        self.playing = playing
        self.speed = speed
        self.editHistory = editHistory
        self.twin = twin
        self.owner = owner
        self.origin = origin
        self.isOpen = isOpen
        self.crashes = crashes
        self.updated = updated
    }

    /// Lives through one journal entry.
    package mutating func apply(_ entry: JournalEntry) {
        switch entry {
        case .edited(let edit):
            recipe.make(edit)
            step = max(step, edit.step)
            tip = step
        case .replaced(let recipe, let step, let tip, _):
            self.recipe = recipe
            self.step = step
            self.tip = max(tip ?? step, step)
        case .moved(let step):
            self.step = step
            tip = max(tip, step)
        case .paced(let playing, let speed):
            self.playing = playing
            self.speed = speed
        case .turned(let turn, let step, let tip):
            let here = TimelinePosition(recipe: recipe, step: step, tip: tip, branch: editHistory.tree.active)
            _ = editHistory.take(turn, from: here)
        case .compared(let twin):
            self.twin = twin
        case .claimed(let owner):
            self.owner = owner
        }
    }
}

/// What the store can say about a session without reading its recipe.
package struct SessionSummary: Hashable, Sendable {
    package let id: String
    package let playing: Bool
    package let updated: Date
}

/// A run that a session is compared with; like the session's own, it is recomputed from its recipe.
package struct StoredTwin: Hashable, Sendable, Codable {
    package static let labelLimit = TextLimit(0...2_000)

    package let recipe: Recipe
    /// What makes it different, for a person: as much of it as ``labelLimit`` allows.
    package let label: String

    package init(recipe: Recipe, label: String) {
        self.recipe = recipe
        self.label = Self.labelLimit.shortened(label)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            recipe: try container.decode(Recipe.self, forKey: .recipe),
            label: try container.decode(String.self, forKey: .label))
    }
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
