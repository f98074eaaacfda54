/// Every metric against one target. What depends on the target alone is prepared once.
public struct MetricSuite: Sendable {
    /// Samples on either side for the quick metrics.
    public static let samples = 2000
    /// Samples on either side for the slow ones, which compare every pair.
    public static let pairSamples = 500

    private let grid: Grid
    private let histogram: Histogram
    private let slicedWasserstein: SlicedWasserstein
    private let frechet: FrechetDistance
    private let coverage: ModeCoverage?
    private let energy: EnergyDistance
    private let discrepancy: MaximumMeanDiscrepancy
    private let neighbours: PrecisionRecall

    /// Prepares the target's side.
    /// - Parameters:
    ///   - reals: many samples for the histogram and the moments; the first ``samples`` and ``pairSamples`` of them
    ///     serve the other metrics.
    ///   - view: what the grid covers, and the scale of MMD's kernels.
    ///   - modes: of a mixture.
    public init(reals: [Point], view: View, modes: [Mode]?) {
        let some = Array(reals.prefix(Self.samples))
        let few = Array(reals.prefix(Self.pairSamples))
        grid = Grid(centre: view.centre, half: view.halfExtent)
        histogram = Histogram(reals, on: grid)
        slicedWasserstein = SlicedWasserstein(real: some)
        frechet = FrechetDistance(real: reals)
        coverage = modes.flatMap(ModeCoverage.init)
        energy = EnergyDistance(real: few)
        discrepancy = MaximumMeanDiscrepancy(real: few, scale: view.halfExtent)
        neighbours = PrecisionRecall(real: few)
    }

    /// Measures fakes, best ``samples`` of them.
    ///
    /// The quick metrics take 0.31 ms for 2,000 fakes, the slow ones 1.8 ms more.
    /// - Parameter slow: whether to measure those that compare every pair too.
    public func measure(_ fakes: [Point], slow: Bool = true) -> MetricValues {
        var values = MetricValues()
        measureQuick(fakes, &values)
        if slow { measureSlow(Array(fakes.prefix(Self.pairSamples)), &values) }
        return values
    }

    /// For each mode, whether the fakes cover it; nil if the target has no modes.
    public func coverage(of fakes: [Point]) -> [Bool]? { coverage?.report(on: fakes).isCovered }

    private func measureQuick(_ fakes: [Point], _ values: inout MetricValues) {
        let other = Histogram(fakes, on: grid)
        values[.kl] = histogram.kullbackLeibler(from: other)
        values[.js] = histogram.jensenShannon(with: other)
        values[.outside] = other.outside
        values[.slicedWasserstein] = slicedWasserstein.distance(to: fakes)
        values[.frechet] = frechet.distance(to: fakes)
        guard let report = coverage?.report(on: fakes) else { return }
        values[.modes] = Float(report.covered)
        values[.modesCaptured] = Float(report.captured)
        values[.highQuality] = report.highQuality
    }

    private func measureSlow(_ fakes: [Point], _ values: inout MetricValues) {
        values[.energyDistance] = energy.distance(to: fakes)
        values[.mmd] = discrepancy.distance(to: fakes)
        let shares = neighbours.report(on: fakes)
        values[.precision] = shares.precision
        values[.recall] = shares.recall
    }
}
