import GANEngine

/// Changes of the experiment: live, anew, back and forth, into other branches.
extension SessionState {
    /// Everything needed to be here again.
    var here: TimelinePosition {
        TimelinePosition(
            recipe: run.recipe, step: run.step, tip: run.tip, branch: editHistory.tree.active,
            checkpoint: run.checkpoint())
    }

    /// Changes all of the settings or none; says whether the experiment had to start anew.
    func change(_ batch: Command.Batch) throws(CommandError) -> Bool {
        let (settings, news) = try settings(with: batch.values)
        guard !news.isEmpty else { return false }
        let restarts = run.step == 0 || news.contains { Schema.field($0.path)?.restarts == true }
        let changes = news.map { Change.set(path: $0.path, value: $0.value) }
        if !restarts { try validate(timeline: changes) }
        if batch.compare { try compare(.present) }
        let description = EditDescription(news.map(\.path), gesture: batch.gesture)
        if restarts {
            let hadBegun = run.step > 0
            let keepsTarget = !news.contains { $0.path == "target" }
            try restart(
                try anew(with: settings, keepingTarget: keepsTarget), description, thenPlay: isPlaying)
            return hadBegun
        }
        prepare(description)
        do throws(RecipeError) {
            for change in changes { try edit(change) }
        } catch {
            throw CommandError(error)
        }
        changed()
        return false
    }

    /// Back to step 0 with the settings of now, those included that were changed at this very step.
    func reset() throws(CommandError) {
        let settings: Settings
        do throws(RecipeError) {
            settings = try run.recipe.settings(at: run.step)
        } catch {
            throw CommandError(error)
        }
        try restart(try anew(with: settings), EditDescription("reset"), thenPlay: false)
    }

    private func anew(with settings: Settings, keepingTarget: Bool = true) throws(CommandError) -> Recipe {
        do throws(RecipeError) {
            return try run.recipe.anew(with: settings, at: run.step, keepingTarget: keepingTarget)
        } catch {
            throw CommandError(error)
        }
    }

    /// Draws on the target; the run goes on.
    func draw(_ stroke: Stroke) throws(CommandError) {
        let change = Change.draw(stroke)
        try validate(timeline: [change])
        prepare(EditDescription("target"))
        do throws(RecipeError) {
            try edit(change)
        } catch {
            throw CommandError(error)
        }
        changed()
    }

    /// Makes a change at this step and notes it.
    func edit(_ change: Change) throws(RecipeError) {
        try run.edit(change)
        persistence.note(.edited(Edit(step: run.step, change: change)))
    }

    /// Starts another experiment in this session; the one before can be had back. If it is known how the recipe fares up
    /// to `step`, it begins as near to there as that allows.
    func restart(
        _ recipe: Recipe, _ description: EditDescription, near step: Int = 0, thenPlay: Bool
    ) throws(CommandError) {
        let next = try newRun(of: recipe, near: step)
        abandonTask()
        let isAnother = run.tip > 0 && recipe != run.recipe
        turn(description, fork: isAnother ? 0 : nil)
        run = next
        showAnew(shared: nil)
        activity = thenPlay ? .playing(Pace(stepsPerSecond: speed, from: .now)) : .paused
    }

    /// Notes the moment before an edit at this step, and leaves the future that it replaces as a branch.
    func prepare(_ description: EditDescription) {
        turn(description, fork: run.hasFuture ? run.step : nil)
        if run.hasFuture { subscribers.forgetPicture() }
    }

    private func turn(_ description: EditDescription, fork step: Int?) {
        let continues = gestures.continues(with: description)
        guard !continues || step != nil else { return }
        let fork = step.map { HistoryChange.Fork(step: $0, label: description.label) }
        _ = turn(.edit(isUndoable: !continues, fork: fork))
    }

    /// Takes a turn and notes it; returns the moment to go to, if there is one.
    private func turn(_ turn: HistoryChange) -> TimelinePosition? {
        persistence.note(.turned(turn, step: run.step, tip: run.tip))
        return editHistory.take(turn, from: here, chart: run.chart)
    }

    /// Refuses changes at this step that the recipe would not hold.
    func validate(timeline changes: [Change]) throws(CommandError) {
        var recipe = run.recipe
        recipe.timeline.removeAll { $0.step > run.step }
        recipe.timeline += changes.map { Edit(step: run.step, change: $0) }
        do throws(RecipeError) {
            try recipe.validate()
        } catch {
            throw CommandError(error)
        }
    }

    /// Undoes or redoes; keeps playing if it plays.
    func go(_ turn: HistoryChange, otherwise complaint: String) throws(CommandError) {
        let isPossible = turn == .undo ? editHistory.history.canUndo : editHistory.history.canRedo
        let branch = editHistory.tree.active
        guard isPossible, let moment = self.turn(turn) else { throw CommandError(.notFound, complaint) }
        try take(up: moment, leaving: branch, thenPlay: isPlaying)
    }

    /// Enters another branch where it was left, paused.
    func checkOut(_ branch: Branch.ID) throws(CommandError) {
        let before = editHistory.tree.active
        guard branch != before else { return }
        guard editHistory.tree.whereLeft(branch) != nil, let moment = turn(.checkout(branch)) else {
            throw noBranch(branch)
        }
        activity = .paused
        try take(up: moment, leaving: before, thenPlay: false)
    }

    /// Puts a twin beside the session.
    func compare(_ twin: Command.Twin) throws(CommandError) {
        let comparison: Comparison
        switch twin {
        case .present:
            comparison = try self.comparison(with: StoredTwin(recipe: run.recipe, label: "as it was"))
        case .branch(let id):
            guard let moment = editHistory.tree.whereLeft(id) else { throw noBranch(id) }
            comparison = try self.comparison(
                with: StoredTwin(recipe: moment.recipe, label: editHistory.tree.label(of: id)),
                knowing: moment.checkpoint)
        case .recipe(let recipe, let label):
            comparison = try self.comparison(with: StoredTwin(recipe: recipe, label: label))
        }
        self.comparison = comparison
        persistence.note(.compared(comparison.twin))
        changed()
    }

    /// A twin as near to this step as what is known of it allows.
    func comparison(
        with twin: StoredTwin, knowing checkpoint: Checkpoint? = nil
    ) throws(CommandError) -> Comparison {
        Comparison(run: try newRun(of: twin.recipe, near: run.step, knowing: checkpoint), label: twin.label)
    }

    /// A run of its own, from as near before `step` as this session and others know.
    private func newRun(
        of recipe: Recipe, near step: Int, knowing checkpoint: Checkpoint? = nil
    ) throws(CommandError) -> Run {
        do throws(RecipeError) {
            try recipe.validate()
            let past = known.past(of: recipe, upTo: step)
            let shared = min(recipe.sharedSteps(with: run.recipe) ?? -1, step)
            var checkpoints = past.checkpoints + run.shelf.checkpoints(upTo: shared)
            if run.step <= shared { checkpoints.append(run.checkpoint()) }
            if let checkpoint { checkpoints.append(checkpoint) }
            let next = try Run(recipe, near: step, knowing: checkpoints, memory: limits.checkpointBytes)
            next.inherit(from: run, upTo: shared)
            if next.chart.points.isEmpty { next.chart = past.chart }
            return next
        } catch {
            throw CommandError(error)
        }
    }

    private func noBranch(_ id: Branch.ID) -> CommandError {
        CommandError(.notFound, path: "branch", "There is no branch \(id) in this session.")
    }

    private func take(up moment: TimelinePosition, leaving branch: Branch.ID, thenPlay: Bool)
        throws(CommandError)
    {
        gestures.end()
        let shared: Int?
        do throws(RecipeError) {
            shared = try run.take(up: moment)
        } catch {
            throw CommandError(error)
        }
        if moment.branch != branch, let chart = editHistory.tree.chart(of: moment.branch) {
            run.chart = chart
            run.chart.truncate(after: moment.tip)
        }
        showAnew(shared: shared)
        // What nobody kept a checkpoint of is replayed.
        if run.step < moment.step {
            persistence.note(.moved(step: moment.step))
            start(SeekTask(target: moment.step, thenPlay: thenPlay))
        }
    }

    private func showAnew(shared: Int?) {
        persistence.note(.replaced(recipe: run.recipe, step: run.step, tip: run.tip, shared: shared))
        meter.stop()
        subscribers.forgetPicture()
        changed()
    }

    /// The settings as they would be, and which of the values are new.
    private func settings(
        with values: [(path: String, value: Value)]
    ) throws(CommandError) -> (Settings, news: [(path: String, value: Value)]) {
        do throws(RecipeError) {
            var settings = run.settings
            var news: [(path: String, value: Value)] = []
            for (path, value) in values {
                let before = settings.value(at: path)
                try settings.set(path, to: value)
                if settings.value(at: path) != before { news.append((path, value)) }
            }
            try settings.validate()
            return (settings, news)
        } catch {
            throw CommandError(error)
        }
    }
}
