import GANEngine

/// A session at one moment, as a value that can be exported, saved or linked to.
struct SessionSnapshot: Sendable {
    let recipe: Recipe
    let checkpoint: Checkpoint
    let snapshot: Snapshot
    let view: View
    let chart: [ChartPoint]
    /// What the run was at earlier steps.
    let shelf: CheckpointShelf

    var step: Int { checkpoint.step }
}

extension SessionState {
    var snapshot: SessionSnapshot {
        SessionSnapshot(
            recipe: run.recipe, checkpoint: run.checkpoint(), snapshot: run.snapshot(), view: run.view,
            chart: run.chart.points, shelf: run.shelf)
    }
}
