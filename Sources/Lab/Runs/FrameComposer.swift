import GANEngine

/// Takes the pictures of one run. What is costly and slow to change, it remembers.
struct FrameComposer {
    /// Chart points in every frame: enough that a few dropped frames leave no gap.
    private static let recentPoints = 8
    /// Time between two measurements while the run goes on, at the least, and in terms of what one costs.
    private static let measuringInterval = Duration.milliseconds(100)
    private static let measuringShare = 10

    /// Where to look, and the real samples.
    private(set) var scene: Scene
    private var settings: Settings
    private var instruments: (evaluator: MetricEvaluator, tracker: VerdictTracker)?
    private var measurement: Measurement?
    /// The run's step if it is as it was measured last.
    private var measuredStep: Int?
    private var nextMeasurement = ContinuousClock.now
    private var optimum = OptimumMap()
    /// What the measurements so far say about the run.
    private(set) var verdict: Verdict?
    /// Since when the run is no longer as good as it was, if so.
    private(set) var lostQuality: LostQuality?
    private var inspector = NetworkInspector()

    /// A composer for runs of a recipe that starts with these settings.
    init(_ settings: Settings) {
        self.settings = settings
        scene = Scene(settings)
    }

    /// Turns to the target that these settings have by now; the run's part of the plane stays.
    mutating func follow(_ settings: Settings) {
        guard settings.target != self.settings.target else { return }
        self.settings = settings
        scene = Scene(settings, in: scene.view)
        instruments = nil
        measurement = nil
        measuredStep = nil
        verdict = nil
        lostQuality = nil
        optimum = OptimumMap()
    }

    /// The part of the plane that pictures show, and how many modes there are in it to be found.
    var view: View { scene.view }
    var modes: Int? { scene.modes }

    /// Measures the run if it is time to, and notes it in the chart. A run that stands still is measured at once.
    mutating func measure(_ run: Run, isPlaying: Bool, at now: ContinuousClock.Instant) {
        guard measuredStep != run.step, !isPlaying || now >= nextMeasurement else { return }
        let start = ContinuousClock.now
        measure(run)
        let cost = ContinuousClock.now - start
        nextMeasurement = now + max(Self.measuringInterval, cost * Self.measuringShare)
    }

    /// The run stands in another place or has other settings: what was measured last no longer holds at the same step.
    mutating func runChanged() { measuredStep = nil }

    /// Measures the run at a milestone, which its verdicts from now on rest on.
    mutating func measureMilestone(_ run: Run) {
        run.chart.record(milestone: measure(run))
    }

    @discardableResult
    private mutating func measure(_ run: Run) -> Measurement {
        let evaluator = instruments?.evaluator ?? MetricEvaluator(settings, in: scene.view)
        let tracker = instruments?.tracker ?? VerdictTracker(evaluator)
        instruments = (evaluator, tracker)
        let latest = evaluator.measure(run.snapshot())
        // What was learned of another target says nothing of this one.
        let milestones = run.chart.milestones(before: latest.step).drop { $0.step < run.targetStart }
        verdict = tracker.verdict(on: latest, after: milestones)
        lostQuality = tracker.lostQuality(at: latest, after: milestones)
        measurement = latest
        measuredStep = latest.step
        run.chart.record(ChartPoint(step: run.step, losses: run.losses, metrics: latest.values))
        return latest
    }

    /// The picture of this moment, with the parts that are watched.
    mutating func sections(
        of run: Run, showing request: FrameRequest, isPlaying: Bool, at now: ContinuousClock.Instant
    ) -> [FrameSection] {
        let whole = run.snapshot()
        let snapshot = whole.silencing(request.silenced)
        var sections = SnapshotSections(snapshot, scene, request).sections
        sections += inspector.sections(
            of: snapshot, in: scene.view, showing: request, isPlaying: isPlaying, at: now)
        if request.layers.contains(.metrics), let metrics { sections.append(.metrics(metrics)) }
        if request.layers.contains(.history) {
            let recent = run.chart.points(after: -1, limit: Self.recentPoints)
            sections.append(.history(Array(recent), whole: false))
        }
        if request.layers.contains(.optimum) {
            sections.append(.optimum(side: request.grid, optimum.values(request.grid, whole, scene)))
        }
        return sections
    }

    /// The picture of another moment than the run's, with the parts that are watched but for metrics and charts.
    func sections(of snapshot: Snapshot, showing request: FrameRequest) -> [FrameSection] {
        let snapshot = snapshot.silencing(request.silenced)
        return SnapshotSections(snapshot, scene, request).sections
            + NetworkInspector.sections(of: snapshot, in: scene.view, showing: request)
    }

    /// What a metric measured last, and what fresh real samples would.
    func metric(_ kind: MetricKind) -> (value: Float, floor: Float)? {
        guard let measurement, let floors = instruments?.evaluator.floors else { return nil }
        return (measurement.values[kind], floors.median[kind])
    }

    private var metrics: [FrameSection.Metric]? {
        guard let measurement, let floors = instruments?.evaluator.floors else { return nil }
        return measurement.values.known.map { kind in
            FrameSection.Metric(
                id: kind.rawValue, value: measurement.values[kind], floor: floors.median[kind])
        }
    }
}

extension ChartPoint {
    fileprivate init(
        step: Int, losses: (discriminator: Float, generator: Float), metrics: MetricValues
    ) {
        self.init(step: step, discriminatorLoss: losses.discriminator, generatorLoss: losses.generator)
        kullbackLeibler = metrics[.kl]
        jensenShannon = metrics[.js]
        slicedWasserstein = metrics[.slicedWasserstein]
        modes = metrics[.modes]
    }
}
