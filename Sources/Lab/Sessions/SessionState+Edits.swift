import GANEngine

/// What an edit is to a person: how it is named in the tree, and with what it is undone together.
struct Edition {
    var label: String
    var paths: Set<String> = []
    var gesture: String?

    init(_ label: String) {
        self.label = label
    }

    init(_ paths: [String], gesture: String?) {
        label = paths.joined(separator: ", ")
        self.paths = Set(paths)
        self.gesture = gesture
    }
}

/// Changes of the experiment: live, anew, back and forth, into other branches.
extension SessionState {
    /// Everything needed to be here again.
    var here: Moment {
        Moment(recipe: run.recipe, tip: run.tip, checkpoint: run.checkpoint(), branch: tree.active)
    }

    /// Changes all of the settings or none; says whether the experiment had to start anew.
    func change(_ batch: Command.Batch) throws(CommandError) -> Bool {
        let (settings, news) = try settings(with: batch.values)
        guard !news.isEmpty else { return false }
        let restarts = run.step == 0 || news.contains { Schema.field($0.path)?.restarts == true }
        let changes = news.map { Change.set(path: $0.path, value: $0.value) }
        if !restarts { try validate(timeline: changes) }
        if batch.compare { try compare(.present) }
        let edit = Edition(news.map(\.path), gesture: batch.gesture)
        if restarts {
            let hadBegun = run.step > 0
            try restart(Recipe(settings: settings), edit, thenPlay: isPlaying)
            return hadBegun
        }
        prepare(edit)
        do throws(RecipeError) {
            for change in changes {
                try run.edit(change)
                keeper.note(.edited(Edit(step: run.step, change: change)))
            }
        } catch {
            throw CommandError(error)
        }
        changed()
        return false
    }

    /// Starts another experiment in this session; the one before can be had back.
    func restart(_ recipe: Recipe, _ edit: Edition, thenPlay: Bool) throws(CommandError) {
        let next: Run
        do throws(RecipeError) {
            try recipe.validate()
            next = try Run(recipe, memory: limits.checkpointBytes)
        } catch {
            throw CommandError(error)
        }
        abandonErrand()
        history.record(before: here, edit: edit.paths, gesture: edit.gesture)
        if run.tip > 0, recipe != run.recipe {
            tree.fork(leaving: here, chart: run.chart, at: 0, label: edit.label)
        }
        run = next
        showAnew()
        activity = thenPlay ? .playing(Pace(stepsPerSecond: speed, from: .now)) : .paused
    }

    /// Notes the moment before an edit at this step, and leaves the future that it replaces as a branch.
    func prepare(_ edit: Edition) {
        history.record(before: here, edit: edit.paths, gesture: edit.gesture)
        guard run.hasFuture else { return }
        tree.fork(leaving: here, chart: run.chart, at: run.step, label: edit.label)
        audience.forgetPicture()
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

    /// Goes to a moment of before or after; keeps playing if it plays.
    func exchange(_ moment: Moment?, otherwise complaint: String) throws(CommandError) {
        guard let moment else { throw CommandError(.notFound, complaint) }
        tree.enter(moment.branch, leaving: here, chart: run.chart)
        try take(up: moment)
    }

    /// Enters another branch where it was left, paused.
    func checkOut(_ branch: Branch.ID) throws(CommandError) {
        guard branch != tree.active else { return }
        guard let (moment, chart) = tree.whereLeft(branch) else {
            throw noBranch(branch)
        }
        history.record(before: here)
        tree.enter(branch, leaving: here, chart: run.chart)
        activity = .paused
        try take(up: moment)
        run.chart = chart
    }

    /// Puts a twin beside the session.
    func compare(_ twin: Command.Twin) throws(CommandError) {
        switch twin {
        case .present:
            comparison = Comparison(run: try twinRun(of: here), label: "as it was")
        case .branch(let id):
            guard let (moment, _) = tree.whereLeft(id) else { throw noBranch(id) }
            comparison = Comparison(run: try twinRun(of: moment), label: tree.label(of: id))
        case .recipe(let recipe, let label):
            do throws(RecipeError) {
                try recipe.validate()
                comparison = Comparison(run: try Run(recipe, memory: limits.checkpointBytes), label: label)
            } catch {
                throw CommandError(error)
            }
        }
        changed()
    }

    private func twinRun(of moment: Moment) throws(CommandError) -> Run {
        do throws(RecipeError) {
            return try Run(moment.recipe, from: moment.checkpoint, memory: limits.checkpointBytes)
        } catch {
            throw CommandError(error)
        }
    }

    private func noBranch(_ id: Branch.ID) -> CommandError {
        CommandError(.notFound, path: "branch", "There is no branch \(id) in this session.")
    }

    private func take(up moment: Moment) throws(CommandError) {
        do throws(RecipeError) {
            try run.take(up: moment.recipe, from: moment.checkpoint, tip: moment.tip)
        } catch {
            throw CommandError(error)
        }
        showAnew()
    }

    private func showAnew() {
        keeper.note(.replaced(recipe: run.recipe, step: run.step))
        meter.stop()
        audience.forgetPicture()
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
