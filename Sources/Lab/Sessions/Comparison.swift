import GANEngine

/// A second run beside the session's own, on the same clock.
struct Comparison {
    let run: Run
    /// What makes it different, for a person.
    let label: String

    /// As it is written down.
    var twin: StoredTwin { StoredTwin(recipe: run.recipe, label: label) }

    /// Whether both show the same step; a twin that diverged has stopped for good and is waited for no more.
    func isInStep(with other: Run) -> Bool {
        run.step == other.step || run.divergence != nil
    }

    /// Brings the twin nearer to where the other run is.
    func catchUp(with other: Run, until deadline: ContinuousClock.Instant) {
        guard !isInStep(with: other) else { return }
        // The twin's recipe has been validated and run from its start: going back in it cannot be refused.
        try? run.jump(towards: other.step)
        _ = run.advance(by: other.step - run.step, until: deadline)
    }
}
