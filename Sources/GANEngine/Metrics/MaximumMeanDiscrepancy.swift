/// Maximum mean discrepancy: the largest gap between the means of a smooth function over reals and over fakes.
///
/// MMD² = E k(p, p′) + E k(q, q′) − 2 E k(p, q) over all pairs (Gretton et al. 2012, equation 5, the biased estimate,
/// so that the root exists). The kernel is the mean of five Gaussians whose widths halve from one to the next, as in
/// generative moment matching networks (Li et al. 2015): the widest sees the layout, the narrowest the texture.
public struct MaximumMeanDiscrepancy: Sendable {
    private let real: Columns
    /// −1/(2σ²) of the widest kernel.
    private let exponent: Float
    /// E k(p, p′).
    private let within: Double

    /// Compares the reals among themselves, once.
    /// - Parameter scale: standard deviation of the widest kernel; half of the view's side is a good choice.
    public init(real: [Point], scale: Float) {
        let exponent = -1 / (2 * scale * scale)
        self.real = Columns(real)
        self.exponent = exponent
        within = real.isEmpty ? .nan : self.real.mean(over: real) { kernels($0 * exponent) }
    }

    /// The discrepancy of the fakes; NaN if either set is empty or a fake is not finite.
    ///
    /// 4.1 ms for 1,000 against 1,000, a quarter of it for half of both.
    public func distance(to fakes: [Point]) -> Float {
        guard real.count > 0, !fakes.isEmpty else { return .nan }
        let across = real.mean(over: fakes) { kernels($0 * exponent) }
        let within = Columns(fakes).mean(over: fakes) { kernels($0 * exponent) }
        let squared = self.within + within - 2 * across
        return squared.isFinite ? Float(max(squared, 0).squareRoot()) : .nan
    }
}

/// Mean of e^x, e^4x, e^16x, e^64x and e^256x: Gaussians of widths σ, σ/2, … σ/16, for one exponential.
@inline(__always)
private func kernels(_ exponent: SIMD8<Float>) -> SIMD8<Float> {
    var kernel = Elementary.exp(exponent.replacing(with: -80, where: exponent .< -80))
    var sum = kernel
    for _ in 1..<5 {
        // The term, too small to change the sum, keeps the fourth power a normal number: subnormal ones are slow.
        kernel += 4e-10
        kernel *= kernel
        kernel *= kernel
        sum += kernel
    }
    return sum * 0.2
}
