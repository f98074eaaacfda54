/// The game that the networks play.
public struct LossSettings: Hashable, Sendable {
    /// What each network minimises.
    public var kind: LossKind = .nonSaturating
    /// Weight of the real samples' term in the discriminator's log loss; GAN Lab's is 0.95.
    public var realWeight: Double = 1
    /// The label of a real sample is 1 − this.
    public var smoothReal: Double = 0
    /// The label of a fake sample is this (two-sided smoothing).
    public var smoothFake: Double = 0
    /// Factor of the least squares loss: ½ in the paper, 1 in GAN Lab.
    public var leastSquaresScale: Double = 0.5
    /// Whether least squares sees the discriminator's sigmoid, as in GAN Lab, or its logit, as in the paper.
    public var leastSquaresOnProbability = false
}
