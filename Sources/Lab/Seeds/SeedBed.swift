import GANEngine

/// One recipe under several seeds, side by side on one clock.
struct SeedBed {
    /// Steps that one seed runs before the next one's turn.
    private static let stride = 64
    private static let fakes = 150

    /// One of them.
    private struct Plant {
        let seed: UInt32
        let run: Run
        var judge: Judge
    }

    /// All are measured with the same reals and the same latent noise.
    private let gauge: Gauge
    private var plants: [Plant] = []

    /// Prepares `count` seeds, from the recipe's own upwards; errors are the recipe's.
    init(_ recipe: Recipe, count: Int) throws(RecipeError) {
        gauge = Gauge(recipe.settings)
        for index in 0..<UInt32(count) {
            var recipe = recipe
            recipe.settings.seed &+= index
            let run = try Run(recipe, memory: 0)
            plants.append(Plant(seed: recipe.settings.seed, run: run, judge: Judge(gauge)))
        }
    }

    /// Runs the seed that is furthest behind; says whether there is more to do.
    func advance(to steps: Int, until deadline: ContinuousClock.Instant) -> Bool {
        repeat {
            let behind = plants.map(\.run).filter { $0.divergence == nil && $0.step < steps }
            guard let run = behind.min(by: { $0.step < $1.step }) else { return false }
            _ = run.advance(by: min(Self.stride, steps - run.step), until: deadline)
        } while ContinuousClock.now < deadline
        return true
    }

    /// A frame with nothing but the strip.
    mutating func picture(goal steps: Int) -> [UInt8] {
        let slowest = plants.map(\.run.step).min() ?? 0
        var writer = FrameWriter(
            .init(step: UInt64(slowest), revision: 0, stepsPerSecond: 0, view: plants[0].run.view))
        writer.append(.strip(plants.indices.map { seedling($0, goal: steps) }))
        return writer.bytes
    }

    private mutating func seedling(_ index: Int, goal steps: Int) -> FrameSection.Seedling {
        let (seed, run) = (plants[index].seed, plants[index].run)
        let snapshot = run.snapshot()
        let measurement = gauge.measure(snapshot, slow: run.step >= steps)
        var seedling = FrameSection.Seedling(seed: seed, step: run.step)
        seedling.state = run.divergence != nil ? .diverged : run.step < steps ? .running : .done
        seedling.modes = measurement.values[.modes]
        seedling.slicedWasserstein = measurement.values[.slicedWasserstein]
        seedling.floor = gauge.floors.median[.slicedWasserstein]
        seedling.verdict = run.divergence != nil ? .diverged : .init(plants[index].judge.judge(measurement))
        seedling.fakes = snapshot.fakes(Self.fakes)
        return seedling
    }
}

extension FrameSection.Seedling.Verdict {
    /// The judge's reading in one word.
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
