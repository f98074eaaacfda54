import GANEngine

/// Where a session was: everything needed to be there again at once.
struct Moment {
    var recipe: Recipe
    /// The furthest step that had been reached.
    var tip: Int
    var checkpoint: Checkpoint
    /// The branch it belongs to.
    var branch: Branch.ID

    var step: Int { checkpoint.step }
}
