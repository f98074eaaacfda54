/// How many modes of a mixture the fakes cover, and how many fakes are as good as real samples.
///
/// A fake belongs to its nearest mode, in standard deviations (Mahalanobis distance), so that long modes are as fair
/// as round ones. A mode that is a point or a line, or nearly so, counts as 0.003 wide there, which nobody can see: no
/// generator hits it exactly. There are two counts, because they answer two questions:
///
/// - ``Report/captured`` is the papers' (VEEGAN, Srivastava et al. 2017; PacGAN, Lin et al. 2018): a mode is captured
///   if at least one sample lies within three standard deviations of it. One lucky fake is enough.
/// - ``Report/covered`` is stricter about mass and kinder about blur: a mode is covered if it gets at least a fifth of
///   its fair share of the samples, within four standard deviations or a tenth of the mixture's radius.
public struct ModeCoverage: Sendable {
    /// What was counted in one set of fakes.
    public struct Report: Hashable, Sendable {
        /// For each mode, whether it is covered.
        public let isCovered: [Bool]
        /// For each mode, the share of the fakes that lie close to it.
        public let shares: [Float]
        /// Modes with at least one sample within three standard deviations.
        public let captured: Int
        /// Share of samples within three standard deviations of their nearest mode: 0.989 for a perfect sampler.
        public let highQuality: Float

        /// Modes with a fifth of their fair share.
        public var covered: Int { isCovered.count { $0 } }
    }

    /// Those that were given.
    public let modes: [Mode]
    private let ellipses: [Ellipse]
    /// Square of a tenth of the mixture's radius: the root mean square distance of the means from their centre,
    /// which for modes on a circle is the circle's.
    private let blurAllowance: Float

    /// Needs at least one mode.
    public init?(modes: [Mode]) {
        guard !modes.isEmpty else { return nil }
        self.modes = modes
        ellipses = modes.map(Ellipse.init)
        blurAllowance = 0.01 * Moments(modes.map(\.mean)).totalVariance
    }

    /// Counts. Time is samples × modes; 9 µs for 1,000 samples and 8 modes.
    public func report(on fakes: [Point]) -> Report {
        var close = [Int](repeating: 0, count: modes.count)
        var good = [Int](repeating: 0, count: modes.count)
        for fake in fakes {
            var nearest = 0
            var least = Float.infinity
            for index in ellipses.indices {
                let distance = ellipses[index].squaredDistance(to: fake)
                if distance < least {
                    least = distance
                    nearest = index
                }
            }
            if least <= 9 { good[nearest] += 1 }
            if least <= 16 || squaredDistance(fake, modes[nearest].mean) <= blurAllowance {
                close[nearest] += 1
            }
        }
        let total = Float(max(fakes.count, 1))
        return Report(
            isCovered: modes.indices.map {
                close[$0] > 0 && 5 * Float(close[$0]) >= modes[$0].weight * total
            },
            shares: close.map { Float($0) / total },
            captured: good.count { $0 > 0 },
            highQuality: Float(good.reduce(0, +)) / total)
    }
}

/// A mode ready for Mahalanobis distances.
private struct Ellipse {
    /// Mean.
    let x, y: Float
    /// Inverse of the covariance matrix.
    let xx, xy, yy: Float

    /// Narrower than this, in the units of the data, is as good as this: see ``VerdictTracker/invisible``.
    private static let narrowest = Double(VerdictTracker.invisible)

    init(_ mode: Mode) {
        let widening = max(0, Self.narrowest * Self.narrowest - mode.leastVariance)
        let (a, b, c) = (
            Double(mode.varianceX) + widening, Double(mode.varianceY) + widening, Double(mode.covariance)
        )
        let determinant = a * b - c * c
        (x, y) = (mode.mean.x, mode.mean.y)
        (xx, xy, yy) = (Float(b / determinant), Float(-c / determinant), Float(a / determinant))
    }

    @inline(__always)
    func squaredDistance(to point: Point) -> Float {
        let (dx, dy) = (point.x - x, point.y - y)
        return xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy
    }
}

@inline(__always)
private func squaredDistance(_ a: Point, _ b: Point) -> Float {
    let (dx, dy) = (a.x - b.x, a.y - b.y)
    return dx * dx + dy * dy
}
