/// A recipe being run: the state of both networks at a step, and the way on from there.
///
/// The recipe alone decides what happens: replayed from the start, or from any checkpoint, it gives the same
/// bits as when it was lived through with edits. Not to be used by two threads at once.
public final class Experiment {
    /// Where it started and what was changed since.
    public private(set) var recipe: Recipe
    /// The settings in effect now.
    public private(set) var settings: Settings
    /// Steps completed.
    public private(set) var step: Int
    /// The instructions it computes with. They change its speed, never its numbers.
    public let instructions: InstructionSet

    private let networks: TrainedNetworks
    private var trainer: Trainer
    /// Index of the first entry of the timeline that has not been applied.
    private var nextEdit: Int
    /// Where to go back to when training diverges.
    private var refuge: Checkpoint
    private var refugeSpacing: Int
    /// The state in which this step was reached, if a change made at it has altered that already.
    private var arrival: TrainingState?

    /// Starts a recipe at step 0.
    public convenience init(_ recipe: Recipe, instructions: InstructionSet = .best) throws(RecipeError) {
        try self.init(recipe, step: 0, state: nil, instructions: instructions)
    }

    /// Goes on from a checkpoint of this recipe.
    public convenience init(
        _ recipe: Recipe, from checkpoint: Checkpoint, instructions: InstructionSet = .best
    )
        throws(RecipeError)
    {
        try self.init(recipe, step: checkpoint.step, state: checkpoint.state, instructions: instructions)
    }

    private init(_ recipe: Recipe, step: Int, state: TrainingState?, instructions: InstructionSet)
        throws(RecipeError)
    {
        try recipe.validate()
        guard Bounds.counter.contains(step) else {
            throw RecipeError(.outOfRange, at: "step", "there is no step \(step)")
        }
        self.recipe = recipe
        self.step = step
        self.instructions = instructions
        var settings = recipe.settings
        nextEdit = try settings.apply(recipe.timeline, before: step)
        self.settings = settings
        networks = TrainedNetworks(settings)
        if let state { try networks.load(state) }
        trainer = Trainer(
            settings, networks, frame: recipe.settings.frame,
            scheduleStart: recipe.timeline[..<nextEdit].lastStroke, instructions: instructions)
        refuge = Checkpoint(step: step, state: networks.state)
        refugeSpacing = Self.refugeSpacing(settings)
        applyEdits()
    }

    /// Runs `steps` steps, making the timeline's changes when their step has come: those of the last one too, so that
    /// it stands where whoever made them stood.
    ///
    /// Throws at the step where a number stops being finite, and then stands before that step.
    public func run(steps: Int) throws(Divergence) {
        let end = step + steps
        while step < end {
            if step - refuge.step >= refugeSpacing { refuge = checkpoint() }
            // How far a step went is measured for the last one alone: it costs as much as a small step itself.
            if step == end - 1 { networks.both.forEach { $0.beginStep() } }
            do {
                try advance()
            } catch {
                retreat(to: error.step)
                throw error
            }
        }
        if steps > 0 { networks.both.forEach { $0.measureStep() } }
        applyEdits()
    }

    /// Runs one step and writes down everything that happened in it.
    public func traceStep() throws(Divergence) -> StepTrace {
        var trace = StepTrace(
            step: step, scheduleStep: step - trainer.scheduleStart, frame: trainer.frame, settings: settings,
            before: networks.state, after: networks.state)
        try runStep { trainer, player, loss, penalty in
            let update = StepTrace.Update(trainer, player, loss: loss, penalty: penalty)
            switch player {
            case .discriminator: trace.discriminator.append(update)
            case .generator: trace.generator.append(update)
            }
        }
        trace.after = networks.state
        return trace
    }

    /// Runs one step and says what happened in it, in a few numbers.
    public func explainStep() throws(Divergence) -> StepExplanation {
        var explanation = StepExplanation(step: step, between: snapshot())
        var weights = (
            generator: networks.generator.weights.values, discriminator: networks.discriminator.weights.values
        )
        try runStep { trainer, player, loss, penalty in
            switch player {
            case .discriminator:
                let update = StepExplanation.Update(
                    trainer, player, loss, penalty, from: &weights.discriminator)
                explanation.updates.append(update)
                explanation.between = Snapshot(step: explanation.step, trainer)
            case .generator:
                let update = StepExplanation.Update(trainer, player, loss, penalty, from: &weights.generator)
                explanation.updates.append(update)
            }
        }
        return explanation
    }

    /// Makes a change before the next step and notes it in the timeline. What the timeline held from later
    /// steps is forgotten: the experiment took another way.
    public func edit(_ change: Change) throws(RecipeError) {
        var edited = recipe
        edited.make(Edit(step: step, change: change))
        try edited.validate()
        // Replayed, all changes of a step are made together; so they are here, from how the step was reached.
        var before = edited.settings
        nextEdit = try before.apply(edited.timeline, before: step)
        if let arrival { try networks.load(arrival) }
        arrival = nil
        recipe = edited
        applyEdits(to: before)
    }

    /// What training has come to, to be gone on from later. Changes made at this very step are made again then.
    public func checkpoint() -> Checkpoint {
        Checkpoint(step: step, state: arrival ?? networks.state)
    }

    /// What views and metrics look at.
    public func snapshot() -> Snapshot {
        Snapshot(step: step, trainer)
    }

    /// The losses of the last update of each network, without penalties; NaN before the first.
    public var losses: (discriminator: Float, generator: Float) { networks.losses }

    // MARK: Inside

    /// Runs one step, and tells `observer` of each update while all its numbers are still in place.
    private func runStep(
        observer: @escaping (_ trainer: Trainer, _ player: Player, _ loss: Float, _ penalty: Float) -> Void
    ) throws(Divergence) {
        trainer.observer = { [unowned trainer] in observer(trainer, $0, $1, $2) }
        defer { trainer.observer = nil }
        try run(steps: 1)
    }

    private func advance() throws(Divergence) {
        applyEdits()
        try trainer.step(step, only: onlyPlayer)
        step += 1
        arrival = nil
    }

    /// Makes the changes of this step that are not made yet.
    private func applyEdits() {
        guard nextEdit < recipe.timeline.count, recipe.timeline[nextEdit].step <= step else { return }
        applyEdits(to: settings)
    }

    private func applyEdits(to before: Settings) {
        var after = before
        while nextEdit < recipe.timeline.count, recipe.timeline[nextEdit].step <= step {
            // The timeline was validated when it came in, so this cannot throw.
            try? after.apply(recipe.timeline[nextEdit].change)
            nextEdit += 1
        }
        alterState(from: before, to: after)
        guard after != settings else { return }
        settings = after
        refugeSpacing = Self.refugeSpacing(settings)
        trainer = newTrainer()
    }

    private func newTrainer() -> Trainer {
        Trainer(
            settings, networks, frame: recipe.settings.frame,
            scheduleStart: recipe.timeline[..<nextEdit].lastStroke, instructions: instructions)
    }

    /// The step from which the target is what it is now, and schedules count: that of the last stroke drawn on it, or 0.
    public var targetStart: Int { trainer.scheduleStart }

    /// What one optimizer remembers means nothing to another, and an average begins with the weights of now.
    private func alterState(from before: Settings, to after: Settings) {
        let isNewForG = after.generator.optimizer.kind != before.generator.optimizer.kind
        let isNewForD = after.discriminator.optimizer.kind != before.discriminator.optimizer.kind
        let startsAverage = before.generator.average == 0 && after.generator.average > 0
        guard isNewForG || isNewForD || startsAverage else { return }
        arrival = arrival ?? networks.state
        if isNewForG { networks.generator.forget() }
        if isNewForD { networks.discriminator.forget() }
        if startsAverage { networks.startAverage() }
    }

    /// The player that the coming step is for, if the timeline says that it is for one only.
    private var onlyPlayer: Player? {
        for edit in recipe.timeline[..<nextEdit].reversed() {
            guard edit.step == step else { return nil }
            if case .only(let player) = edit.change { return player }
        }
        return nil
    }

    /// Back to the last known state, and from there to the last step whose numbers are all finite: the same
    /// steps once more, so they cannot fail.
    private func retreat(to end: Int) {
        guard let past = try? Experiment(recipe, from: refuge, instructions: instructions) else { return }
        try? past.run(steps: end - refuge.step)
        try? networks.load(past.networks.state)
        networks.generator.lastStep = past.networks.generator.lastStep
        networks.discriminator.lastStep = past.networks.discriminator.lastStep
        trainer = newTrainer()
        arrival = past.arrival
        step = past.step
    }

    /// Steps between two refuges: few enough that going back takes about as long as a few slices of training.
    private static func refugeSpacing(_ settings: Settings) -> Int {
        Int(clamping: min(256, max(1, 1e9 / max(1, settings.stepCost))))
    }
}

extension Settings {
    /// Makes the changes of `timeline` whose step is before `step`; returns the first entry that is not.
    fileprivate mutating func apply(_ timeline: [Edit], before step: Int) throws(RecipeError) -> Int {
        var index = 0
        while index < timeline.count, timeline[index].step < step {
            try apply(timeline[index].change)
            index += 1
        }
        return index
    }
}

extension ArraySlice<Edit> {
    /// The step of the last stroke that was drawn on the target; 0 if there is none.
    fileprivate var lastStroke: Int {
        last { if case .draw = $0.change { true } else { false } }?.step ?? 0
    }
}
