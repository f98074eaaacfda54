import GANEngine

/// Something that happened to a session, as it is written down before it is acknowledged.
///
/// Entries are replayed onto the stored ``SessionRecord`` when the session wakes, so that killing the process at
/// any moment loses nothing that anybody was told.
package enum JournalEntry: Codable, Hashable, Sendable {
    /// A change made while running; it cuts off whatever the timeline held after its step.
    case edited(Edit)
    /// Another recipe took the place of this one: a restart, a load, an undo. Up to step `shared`, if there is such a
    /// step, both are the same experiment.
    case replaced(recipe: Recipe, step: Int, tip: Int? = nil, shared: Int? = nil)
    /// The session went to another step of the same timeline.
    case moved(step: Int)
    /// Play, pause or another speed (steps a second, nil for as fast as it goes).
    case paced(playing: Bool, speed: Double?)
    /// Something that can be undone is about to happen, or is undone, or another future is entered.
    case turned(HistoryChange, step: Int, tip: Int)
    /// Another run was put beside this one, or, if nil, taken away.
    case compared(StoredTwin?)
    /// The session had no owner and has one now.
    case claimed(by: OwnerToken.Hash)

    /// The entry, if its numbers are such as a session has; a speed is brought within its bounds.
    ///
    /// - Throws: `RecipeError` for what no session wrote.
    func bounded() throws(RecipeError) -> JournalEntry {
        var steps: [Int] = []
        switch self {
        case .edited(let edit): steps = [edit.step]
        case .replaced(_, let step, let tip, _): steps = [step, tip ?? step]
        case .moved(let step): steps = [step]
        case .paced(let playing, let speed):
            return .paced(playing: playing, speed: speed.flatMap(Pace.bounded))
        case .turned(.edit(_, let fork?), let step, let tip): steps = [fork.step, step, tip]
        case .turned(_, let step, let tip): steps = [step, tip]
        case .compared, .claimed: break
        }
        if let step = steps.first(where: { !Bounds.counter.contains($0) }) {
            throw RecipeError(.outOfRange, at: "step", "there is no step \(step)")
        }
        return self
    }

    /// The latest step whose state is still the same as before this entry; nil if the entry changes no state.
    var keepsCheckpointsUpTo: Int? {
        switch self {
        case .edited(let edit): edit.step
        case .replaced(_, _, _, let shared): shared ?? -1
        case .moved, .paced, .turned, .compared, .claimed: nil
        }
    }
}
