import GANEngine

/// Slow motion: one step, explained.
extension SessionState {
    /// Pauses, runs one step and says what happened in it.
    ///
    /// Ahead of the answer the viewer is sent a picture of the moment between the two networks' turns, under the number
    /// of the step before; the picture after the step comes to everybody the usual way.
    func explain(to viewer: Viewer) throws(CommandError) -> Reply {
        try refuseIfDiverged()
        abandonErrand()
        activity = .paused
        meter.stop()
        guard let explanation = run.explainStep() else {
            stopDiverged()
            throw CommandError(.diverged, run.divergence.map { "\($0)" } ?? "")
        }
        stepsRun += 1
        changed()
        audience.send(explanation.between, of: run, revision: revision, to: viewer)
        return Reply(explanation: StepDocument(explanation))
    }
}
