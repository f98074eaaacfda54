/// Fréchet distance between the Gaussians that have the mean and covariance of the reals and of the fakes.
///
/// d² = ‖μ − ν‖² + tr(Σ + Τ − 2(ΣΤ)^½), the formula behind FID (Dowson and Landau 1982; Heusel et al. 2017), on the
/// plane's own coordinates. In two dimensions the root needs no eigenvectors: ΣΤ has two eigenvalues λ, κ ≥ 0, so
/// tr (ΣΤ)^½ = √λ + √κ = √(λ + κ + 2√(λκ)) = √(tr ΣΤ + 2√(det Σ det Τ)).
public struct FrechetDistance: Sendable {
    private let real: Moments

    /// Takes the moments of the reals, once.
    public init(real: [Point]) {
        self.real = Moments(real)
    }

    /// The squared distance d² of the fakes, as FID has it.
    public func distance(to fakes: [Point]) -> Float {
        distance(to: Moments(fakes))
    }

    /// The same, where the moments are known already.
    public func distance(to fake: Moments) -> Float {
        let (dx, dy) = (real.meanX - fake.meanX, real.meanY - fake.meanY)
        let traceOfProduct =
            real.varianceX * fake.varianceX + 2 * real.covariance * fake.covariance
            + real.varianceY * fake.varianceY
        let root = (max(traceOfProduct, 0) + 2 * (real.determinant * fake.determinant).squareRoot())
            .squareRoot()
        let traces = real.varianceX + real.varianceY + fake.varianceX + fake.varianceY
        let squared = dx * dx + dy * dy + traces - 2 * root
        return squared < 0 ? 0 : Float(squared)
    }
}
