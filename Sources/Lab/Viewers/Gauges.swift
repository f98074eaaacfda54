import GANEngine

/// Measures how well the fakes of one experiment match its target.
struct Gauges {
    /// Samples on either side of every comparison.
    static let samples = 2000

    private let scene: Scene
    private let grid: Grid
    private let histogram: Histogram
    private let slicedWasserstein: SlicedWasserstein
    private let coverage: ModeCoverage?
    private let latent: Batch
    /// What a perfect generator would measure: the same between two fresh sets of real samples.
    let floors: [MetricKind: Float]

    init(_ scene: Scene) {
        let reals = scene.reals(Self.samples, for: .metricReal)
        self.scene = scene
        grid = Grid(centre: scene.view.centre, half: scene.view.halfExtent)
        histogram = Histogram(reals, on: grid)
        slicedWasserstein = SlicedWasserstein(real: reals)
        coverage = scene.sampler.modes.flatMap(ModeCoverage.init(modes:))
        latent = scene.measuredLatent(Self.samples)
        var floors: [MetricKind: Float] = [:]
        let others = scene.reals(Self.samples, for: .metricFloor)
        Self.compare(others, grid, histogram, slicedWasserstein, coverage) { floors[$0] = $1 }
        self.floors = floors
    }

    /// All metrics of the fakes of now.
    func measure(_ snapshot: Snapshot) -> [MetricKind: Float] {
        var values: [MetricKind: Float] = [:]
        let fakes = snapshot.generator.outputs(latent).points
        Self.compare(fakes, grid, histogram, slicedWasserstein, coverage) { values[$0] = $1 }
        return values
    }

    private static func compare(
        _ fakes: [Point], _ grid: Grid, _ histogram: Histogram, _ slicedWasserstein: SlicedWasserstein,
        _ coverage: ModeCoverage?, record: (MetricKind, Float) -> Void
    ) {
        let other = Histogram(fakes, on: grid)
        record(.kl, histogram.kullbackLeibler(from: other))
        record(.js, histogram.jensenShannon(with: other))
        record(.outside, other.outside)
        record(.slicedWasserstein, slicedWasserstein.distance(to: fakes))
        guard let report = coverage?.report(on: fakes) else { return }
        record(.modes, Float(report.covered))
        record(.modesCaptured, Float(report.captured))
        record(.highQuality, report.highQuality)
    }
}
