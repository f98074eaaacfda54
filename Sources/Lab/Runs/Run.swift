import GANEngine

/// A recipe being lived through: the experiment, what it was at earlier steps, and its charts.
///
/// Belongs to one session and is touched by one trainer at a time.
final class Run {
    private var experiment: Experiment
    private(set) var shelf: CheckpointShelf
    var chart = Chart()
    private var composer: FrameComposer
    /// The furthest step this timeline has reached.
    var tip = 0
    /// Why it can go no further, if so.
    private(set) var divergence: Divergence?

    /// Steps that fit into the time between two looks at the clock; learned on the way.
    private var stride = 1
    private static let strideDuration = Duration.microseconds(500)
    private static let longestStride = 1024

    /// Starts at step 0.
    init(_ recipe: Recipe, memory: Int = CheckpointShelf.defaultBudget) throws(RecipeError) {
        experiment = try Experiment(recipe)
        shelf = CheckpointShelf(budget: memory)
        shelf.keep(experiment.checkpoint())
        composer = FrameComposer(recipe.settings)
    }

    /// Starts as near before `step` as some checkpoints of this recipe allow, and keeps them all.
    convenience init(
        _ recipe: Recipe, near step: Int, knowing checkpoints: some Sequence<Checkpoint>,
        memory: Int = CheckpointShelf.defaultBudget
    ) throws(RecipeError) {
        try self.init(recipe, memory: memory)
        for checkpoint in checkpoints { shelf.keep(checkpoint) }
        do throws(RecipeError) {
            try jump(towards: step)
        } catch {
            // Checkpoints that do not fit the recipe are done without: replaying gives the same.
            shelf.truncate(after: 0)
        }
        tip = max(self.step, shelf.last?.step ?? 0)
    }

    var recipe: Recipe { experiment.recipe }
    var settings: Settings { experiment.settings }
    var step: Int { experiment.step }
    /// The step from which the target is what it is now.
    var targetStart: Int { experiment.targetStart }
    var losses: (discriminator: Float, generator: Float) { experiment.losses }

    func checkpoint() -> Checkpoint { experiment.checkpoint() }
    func snapshot() -> Snapshot { experiment.snapshot() }

    /// What pictures of this step have in common with others.
    var scene: Scene { composer.scene }

    /// The part of the plane that pictures show, and how many modes there are in it to be found.
    var view: View { composer.view }
    var modes: Int? { composer.modes }

    /// Measures the fakes of now, if it is time to.
    func measure(isPlaying: Bool, at now: ContinuousClock.Instant) {
        composer.measure(self, isPlaying: isPlaying, at: now)
    }

    /// What the measurements so far say about the run.
    var verdict: Verdict? { composer.verdict }
    /// Since when it is no longer as good as it was, if it had learned and came apart.
    var lostQuality: LostQuality? { composer.lostQuality }

    /// What a metric measured last, and what fresh real samples would; nil before the first measurement.
    func metric(_ kind: MetricKind) -> (value: Float, floor: Float)? { composer.metric(kind) }

    /// The picture of this step, with the parts that are watched.
    func sections(
        showing request: FrameRequest, isPlaying: Bool, at now: ContinuousClock.Instant
    ) -> [FrameSection] {
        composer.sections(of: self, showing: request, isPlaying: isPlaying, at: now)
    }

    /// The picture of a moment on the way to this step.
    func sections(of snapshot: Snapshot, showing request: FrameRequest) -> [FrameSection] {
        composer.sections(of: snapshot, showing: request)
    }

    /// Whether an edit now would replace a future that was already seen.
    var hasFuture: Bool {
        tip > step || recipe.timeline.last.map { $0.step > step } == true
    }

    /// Makes a change at this step. What was known of later steps no longer holds.
    func edit(_ change: Change) throws(RecipeError) {
        try experiment.edit(change)
        composer.follow(settings)
        shelf.truncate(after: step)
        chart.truncate(after: step)
        tip = step
        divergence = nil
        composer.runChanged()
        // What a milestone measures may depend on the settings that are in force from it on.
        if chart.hasMilestone(at: step) { composer.measureMilestone(self) }
    }

    /// Lives the recipe of another moment, from as near before it as is known; keeps what both have in common.
    ///
    /// Returns the last step up to which both are the same, or nil if they never are.
    func take(up moment: TimelinePosition) throws(RecipeError) -> Int? {
        let shared = moment.recipe.sharedSteps(with: recipe)
        let known = moment.checkpoint ?? shelf.nearest(atOrBefore: min(shared ?? -1, moment.step))
        if let known {
            experiment = try Experiment(moment.recipe, from: known)
        } else {
            experiment = try Experiment(moment.recipe)
        }
        shelf.truncate(after: shared ?? -1)
        chart.truncate(after: shared ?? -1)
        shelf.keep(experiment.checkpoint())
        if shared == nil { composer = FrameComposer(moment.recipe.settings) }
        composer.follow(settings)
        composer.runChanged()
        divergence = nil
        tip = max(moment.tip, step)
        return shared
    }

    /// Takes over what was seen of another run up to `shared`, the last step that both have in common.
    func inherit(from other: Run, upTo shared: Int) {
        chart = other.chart
        chart.truncate(after: shared)
        // With the same past the same is to be said of both.
        if shared >= other.step { composer = other.composer }
        composer.follow(settings)
    }

    /// Runs up to `limit` steps, stopping soon after `deadline`; says how many it ran.
    func advance(by limit: Int, until deadline: ContinuousClock.Instant) -> Int {
        let first = step
        var now = ContinuousClock.now
        repeat {
            let count = min(
                limit - (step - first), stride, shelf.distance(from: step), Milestones.distance(from: step))
            guard count > 0, divergence == nil, run(count) else { break }
            let end = ContinuousClock.now
            adaptStride(to: end - now, for: count)
            now = end
        } while now < deadline
        return step - first
    }

    /// Runs one step and says what happened in it, or nil if the run diverged there.
    func explainStep() -> StepExplanation? {
        do {
            let explanation = try experiment.explainStep()
            arrived()
            return explanation
        } catch {
            divergence = error
            return nil
        }
    }

    /// Goes as near to `target` as checkpoints take it, without running a step.
    func jump(towards target: Int) throws(RecipeError) {
        let nearest = shelf.nearest(atOrBefore: target)
        let best = nearest?.step ?? 0
        guard step > target || best > step else { return }
        if let nearest {
            experiment = try Experiment(recipe, from: nearest)
        } else {
            experiment = try Experiment(recipe)
        }
        composer.follow(settings)
        divergence = nil
    }

    private func run(_ count: Int) -> Bool {
        do {
            try experiment.run(steps: count)
        } catch {
            divergence = error
            return false
        }
        arrived()
        return true
    }

    private func arrived() {
        tip = max(tip, step)
        composer.follow(settings)
        if shelf.wants(step) { shelf.keep(experiment.checkpoint()) }
        if Milestones.contains(step), !chart.hasMilestone(at: step) { composer.measureMilestone(self) }
    }

    private func adaptStride(to elapsed: Duration, for count: Int) {
        if elapsed > Self.strideDuration {
            stride = max(1, stride / 2)
        } else if count == stride, elapsed * 3 < Self.strideDuration {
            stride = min(Self.longestStride, stride * 2)
        }
    }
}
