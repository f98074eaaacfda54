/// One number for each kind of metric; NaN where it was not measured or does not apply.
public struct MetricValues: Hashable, Sendable {
    private var numbers = [Float](repeating: .nan, count: MetricKind.allCases.count)

    /// Nothing measured.
    public init() {}

    /// The number of a kind.
    public subscript(kind: MetricKind) -> Float {
        get { numbers[Int(kind.rawValue)] }
        set { numbers[Int(kind.rawValue)] = newValue }
    }

    /// The kinds that have a number, in the order of their ids.
    public var known: [MetricKind] { MetricKind.allCases.filter { !self[$0].isNaN } }
}

/// What a perfect generator would measure: each metric between fresh sets of real samples. No fake can do better
/// but by luck.
public struct NoiseFloors: Sendable {
    /// Half of the repetitions came out below.
    public let median: MetricValues
    /// Nineteen of twenty came out below.
    public let percentile95: MetricValues

    /// Of several repetitions of the same measurement.
    public init(_ repetitions: [MetricValues]) {
        var (median, percentile95) = (MetricValues(), MetricValues())
        for kind in MetricKind.allCases {
            let sorted = repetitions.map { $0[kind] }.filter { !$0.isNaN }.sorted()
            median[kind] = sorted.quantile(0.5)
            percentile95[kind] = sorted.quantile(0.95)
        }
        self.median = median
        self.percentile95 = percentile95
    }
}

extension [Float] {
    /// Of sorted numbers, between the two nearest in proportion; NaN if there are none.
    func quantile(_ share: Float) -> Float {
        guard let last else { return .nan }
        let position = share * Float(count - 1)
        let index = Int(clamping: position)
        guard index + 1 < count else { return last }
        return self[index] + (position - Float(index)) * (self[index + 1] - self[index])
    }
}
