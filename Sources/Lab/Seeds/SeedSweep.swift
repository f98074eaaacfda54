import GANEngine

/// One recipe under several seeds, side by side on one clock.
///
/// Whatever takes long is done for one seed at a time: setting up, measuring, and of course running.
struct SeedSweep {
    /// Steps that one seed runs before the next one's turn.
    private static let stride = 64
    private static let fakes = 150

    /// One of them.
    private struct SeedRun {
        let seed: UInt32
        let run: Run
    }

    private let recipe: Recipe
    private let count: Int
    /// The step that all are to reach.
    private let goal: Int
    private var runs: [SeedRun] = []
    /// The first seeds of the picture that is being made.
    private var results: [FrameSection.SeedResult] = []

    /// Will run `count` seeds, from the recipe's own upwards, to step `goal`. The recipe is valid.
    init(_ recipe: Recipe, count: Int, goal: Int) {
        self.recipe = recipe
        self.count = count
        self.goal = goal
    }

    /// Sets up the next seed; says whether all are there.
    mutating func prepare() throws(RecipeError) -> Bool {
        guard runs.count < count else { return true }
        var recipe = recipe
        recipe.settings.seed &+= UInt32(runs.count)
        let run = try Run(recipe, memory: 0)
        runs.append(SeedRun(seed: recipe.settings.seed, run: run))
        return runs.count == count
    }

    /// Whether no seed has any step left to run.
    var isDone: Bool { runs.count == count && furthestBehind == nil }

    private var furthestBehind: Run? {
        runs.map(\.run).filter { $0.divergence == nil && $0.step < goal }.min { $0.step < $1.step }
    }

    /// Runs the seed that is furthest behind, and then the next.
    func advance(until deadline: ContinuousClock.Instant) {
        repeat {
            guard let run = furthestBehind else { return }
            _ = run.advance(by: min(Self.stride, goal - run.step), until: deadline)
        } while ContinuousClock.now < deadline
    }

    /// Whether a picture has been begun: until it is made, no seed may go on.
    var isPictureBegun: Bool { !results.isEmpty }

    /// Measures the next seed; with the last one, gives a frame with nothing but the strip.
    mutating func picture() -> [UInt8]? {
        results.append(result(results.count))
        guard results.count == runs.count else { return nil }
        defer { results = [] }
        let slowest = runs.map(\.run.step).min() ?? 0
        var writer = FrameWriter(
            .init(step: UInt64(slowest), revision: 0, stepsPerSecond: 0, view: runs[0].run.view))
        writer.append(.strip(results))
        return writer.bytes
    }

    /// Measured as the session of that seed would be: both say the same of the same step.
    private func result(_ index: Int) -> FrameSection.SeedResult {
        let (seed, run) = (runs[index].seed, runs[index].run)
        run.measure(isPlaying: false, at: .now)
        var result = FrameSection.SeedResult(seed: seed, step: run.step)
        result.state = run.divergence != nil ? .diverged : run.step < goal ? .running : .done
        if let distance = run.metric(.slicedWasserstein) {
            (result.slicedWasserstein, result.floor) = distance
        }
        result.modes = run.metric(.modes)?.value ?? .nan
        result.verdict = run.divergence != nil ? .diverged : run.verdict.map { .init($0) } ?? .unknown
        result.fakes = run.snapshot().fakes(Self.fakes)
        return result
    }
}

extension FrameSection.SeedResult.Verdict {
    /// The verdict in one word.
    fileprivate init(_ verdict: Verdict) {
        switch verdict {
        case .learned, .close: self = .good
        case .missing: self = .partial
        case .collapsed, .narrow, .hopping: self = .collapsed
        case .blurred, .learning, .stalled, .oscillating, .vanished, .outside: self = .away
        case .diverged: self = .diverged
        case .warmingUp: self = .unknown
        }
    }
}
