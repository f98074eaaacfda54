import GANEngine

/// Slow motion: one step, explained.
extension SessionState {
    /// Pauses, runs one step, of one network or of both, and says what happened in it.
    ///
    /// Ahead of the answer the client is sent a picture of the moment between the two networks' turns, under the number
    /// of the step before; the picture after the step comes to everybody the usual way.
    func explain(_ only: Player?, to client: any Client) throws(CommandError) -> Reply {
        try refuseIfDiverged()
        if let only { try validate(timeline: [.only(only)]) }
        abandonTask()
        activity = .paused
        meter.stop()
        if let only { try record(only) }
        guard let explanation = run.explainStep() else {
            stopDiverged()
            throw CommandError(.diverged, run.divergence.map { "\($0)" } ?? "")
        }
        stepsRun += 1
        persistence.note(only == nil ? .moved(step: run.step) : .replaced(recipe: run.recipe, step: run.step))
        changed()
        subscribers.send(explanation.between, of: run, revision: revision, to: client)
        return Reply(explanation: StepDocument(explanation))
    }

    private func record(_ only: Player) throws(CommandError) {
        prepare(EditDescription("\(only.rawValue) only"))
        do throws(RecipeError) {
            try run.edit(.only(only))
        } catch {
            throw CommandError(error)
        }
    }
}
