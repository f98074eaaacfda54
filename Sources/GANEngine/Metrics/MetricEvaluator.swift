/// Measures the snapshots of one experiment: always the same reals, the same latent noise, so that what changes from
/// one measurement to the next is the generator.
///
/// Its random numbers come from streams of their own; measuring never changes training. Making one takes about
/// 40 ms, most of it for the noise floors, so it is kept as long as target, noise and seed stay the same.
public struct MetricEvaluator: Sendable {
    /// Reals behind the histogram and the moments: so many that their own noise does not show.
    private static let reals = 32_768
    private static let repetitions = 11

    /// What fresh real samples would measure.
    public let floors: NoiseFloors
    /// Mean squared distance of the reals from their mean.
    public let targetVariance: Float
    /// How many modes the target has, if it is a mixture.
    public let modes: Int?

    private let suite: MetricSuite
    private let judged: [Point]
    private let latent: Batch

    /// Prepares the target and the latent noise of these settings.
    /// - Parameter view: the part of the plane in which densities are compared; the target's own if nil.
    public init(_ settings: Settings, in view: View? = nil) {
        let sampler = TargetSampler(settings.target)
        let samples = { (purpose: StreamPurpose, step: Int, count: Int) in
            sampler.samples(count, key: RandomStream(seed: settings.seed, purpose).key(step: step))
        }
        let reals = samples(.metricReal, 0, Self.reals)
        let suite = MetricSuite(reals: reals, view: view ?? sampler.view, modes: sampler.modes)
        self.suite = suite
        judged = Array(reals.prefix(MetricSuite.pairSamples))
        targetVariance = Moments(reals).totalVariance
        modes = sampler.modes?.count
        floors = NoiseFloors(
            (0..<Self.repetitions).map { suite.measure(samples(.metricFloor, $0, MetricSuite.samples)) })
        latent = NoiseSampler(settings.noise).samples(
            MetricSuite.samples, key: RandomStream(seed: settings.seed, .metricLatent).key(step: 0))
    }

    /// Measures a snapshot.
    /// - Parameter slow: whether to measure what compares every pair of samples too.
    public func measure(_ snapshot: Snapshot, slow: Bool = true) -> Measurement {
        let fakes = snapshot.generator.outputs(latent).points
        var values = suite.measure(fakes, slow: slow)
        let some = Array(fakes.prefix(MetricSuite.pairSamples))
        let (logits, gradients) = snapshot.generatorGradients(at: some)
        values[.fakeAccuracy] = share(of: logits) { $0 < 0 }
        values[.realAccuracy] = share(of: snapshot.logits(at: judged)) { $0 > 0 }
        values[.gradientNorm] = medianNorm(of: gradients)
        values[.generatorNorm] = snapshot.lengths.generator.weights
        values[.generatorUpdate] = snapshot.lengths.generator.lastStep
        values[.discriminatorNorm] = snapshot.lengths.discriminator.weights
        values[.discriminatorUpdate] = snapshot.lengths.discriminator.lastStep
        return Measurement(
            step: snapshot.step, values: values, moments: Moments(fakes), isCovered: suite.coverage(of: fakes)
        )
    }
}

/// What was measured at one step.
public struct Measurement: Hashable, Sendable {
    /// Steps completed.
    public var step: Int
    /// Every metric.
    public var values: MetricValues
    /// Mean and covariance of the fakes.
    public var moments: Moments
    /// For each mode of a mixture, whether the fakes cover it.
    public var isCovered: [Bool]?

    /// One made of its parts.
    public init(step: Int, values: MetricValues, moments: Moments, isCovered: [Bool]?) {
        self.step = step
        self.values = values
        self.moments = moments
        self.isCovered = isCovered
    }
}

/// Share of the numbers that pass a test; NaN of none.
private func share(of numbers: [Float], where test: (Float) -> Bool) -> Float {
    Float(numbers.count(where: test)) / Float(numbers.count)
}

/// Median length of vectors; NaN of none, infinity where half are not finite.
public func medianNorm(of vectors: [Point]) -> Float {
    let norms = vectors.map { vector in
        let square = vector.x * vector.x + vector.y * vector.y
        return square.isNaN ? .infinity : square.squareRoot()
    }
    return norms.sorted().quantile(0.5)
}
