import GANEngine

/// Takes the pictures of one run. What is costly and slow to change, it remembers.
struct Camera {
    /// Chart points in every frame: enough that a few dropped frames leave no gap.
    private static let recentPoints = 32
    /// Time between two measurements while the run goes on, at the least, and in terms of what one costs.
    private static let measuringInterval = Duration.milliseconds(100)
    private static let measuringShare = 10

    private let scene: Scene
    private var gauges: Gauges?
    private var measured: (step: Int, values: [MetricKind: Float])?
    private var nextMeasurement = ContinuousClock.now

    init(_ scene: Scene) {
        self.scene = scene
    }

    /// Measures the run if it is time to, and notes it in the chart. A run that stands still is measured at once.
    mutating func measure(_ run: Run, isPlaying: Bool, at now: ContinuousClock.Instant) {
        guard measured?.step != run.step, !isPlaying || now >= nextMeasurement else { return }
        let gauges = gauges ?? Gauges(scene)
        self.gauges = gauges
        let values = gauges.measure(run.snapshot())
        measured = (run.step, values)
        run.chart.record(ChartPoint(step: run.step, losses: run.losses, metrics: values))
        let cost = ContinuousClock.now - now
        nextMeasurement = now + max(Self.measuringInterval, cost * Self.measuringShare)
    }

    /// The picture of this moment, with the parts that are watched.
    func sections(of run: Run, showing watch: Watch) -> [FrameSection] {
        let shot = Shot(run.snapshot(), scene, watch)
        var sections = shot.sections
        if watch.layers.contains(.metrics), let metrics { sections.append(.metrics(metrics)) }
        if watch.layers.contains(.history) {
            sections.append(
                .history(Array(run.chart.points(after: -1, limit: Self.recentPoints)), whole: false))
        }
        return sections
    }

    private var metrics: [FrameSection.Metric]? {
        guard let measured, let gauges else { return nil }
        return measured.values.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, value in
            FrameSection.Metric(id: kind.rawValue, value: value, floor: gauges.floors[kind] ?? .nan)
        }
    }
}

extension ChartPoint {
    fileprivate init(
        step: Int, losses: (discriminator: Float, generator: Float), metrics: [MetricKind: Float]
    ) {
        self.init(step: step, discriminatorLoss: losses.discriminator, generatorLoss: losses.generator)
        kullbackLeibler = metrics[.kl] ?? .nan
        jensenShannon = metrics[.js] ?? .nan
        slicedWasserstein = metrics[.slicedWasserstein] ?? .nan
        modes = metrics[.modes] ?? .nan
    }
}
