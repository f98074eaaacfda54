/// The numbers that say how well the fakes match the target.
///
/// Raw values name a metric on the wire and in stored charts: a case is never renumbered.
public enum MetricKind: UInt16, CaseIterable, Sendable {
    case kl = 0
    case js = 1
    case slicedWasserstein = 2
    case modes = 3
    case precision = 4
    case recall = 5
    case highQuality = 6
    case modesCaptured = 7
    case energyDistance = 8
    case mmd = 9
    case frechet = 10
    case outside = 11
    case realAccuracy = 12
    case fakeAccuracy = 13
    case gradientNorm = 14
    case generatorNorm = 15
    case discriminatorNorm = 16
    case generatorUpdate = 17
    case discriminatorUpdate = 18

    /// What to call it, and how to read it.
    public struct Description: Hashable, Sendable {
        /// What the page calls it, in two or three words.
        public let label: String
        /// One sentence for a student.
        public let help: String
        /// The formula behind it in plain Unicode, p for the reals and q for the fakes.
        public let formula: String
        /// Which way it improves; nil where neither way is better in itself.
        public let better: Better?
    }

    /// Which way a number improves.
    public enum Better: String, Sendable {
        case lower, higher
    }

    /// Name in the API and in exports.
    public var name: String { String(describing: self) }

    /// Whether it is cheap enough for every frame. The slow ones compare every pair of samples; a few times a second
    /// is often enough for them.
    public var isQuick: Bool {
        switch self {
        case .precision, .recall, .energyDistance, .mmd: false
        default: true
        }
    }

    /// Needs a target whose modes are known.
    public var needsModes: Bool {
        switch self {
        case .modes, .modesCaptured, .highQuality: true
        default: false
        }
    }

    /// Label, help, formula and direction.
    public var description: Description {
        switch self {
        case .kl:
            Description(
                label: "KL divergence",
                help: """
                    Bits lost by taking the fakes for the real distribution, counted on a 30 × 30 grid; \
                    large where there are reals but no fakes.
                    """,
                formula: "Σ p log₂(p/q), ε = 10⁻⁴ added to every cell", better: .lower)
        case .js:
            Description(
                label: "JS divergence",
                help: """
                    What a perfect discriminator could learn from one sample, in bits on a 30 × 30 grid: \
                    0 when the two are equal, 1 when nothing overlaps.
                    """,
                formula: "½ KL(p‖m) + ½ KL(q‖m), m = ½(p + q)", better: .lower)
        case .slicedWasserstein:
            Description(
                label: "Sliced Wasserstein",
                help: """
                    How far the fakes would have to move to become the reals, seen along 32 directions; \
                    the number to trust first.
                    """,
                formula: "mean over θ of ∫ |F⁻¹(u) − G⁻¹(u)| du along θ", better: .lower)
        case .modes:
            Description(
                label: "Modes covered",
                help: """
                    Clusters of the target that get at least a fifth of their fair share of the fakes, \
                    within 4 standard deviations or a tenth of the radius.
                    """,
                formula: "#{k : share of fakes at k ≥ 0.2 wₖ}", better: .higher)
        case .precision:
            Description(
                label: "Precision",
                help: """
                    Share of the fakes that look real: each lies closer to some real sample than that \
                    one's third nearest neighbour.
                    """,
                formula: "mean over q of [∃ real r : ‖q − r‖ ≤ ‖r − NN₃(r)‖]", better: .higher)
        case .recall:
            Description(
                label: "Recall",
                help: """
                    Share of the reals that the fakes could have produced: precision with the two sides \
                    exchanged.
                    """,
                formula: "mean over p of [∃ fake f : ‖p − f‖ ≤ ‖f − NN₃(f)‖]", better: .higher)
        case .highQuality:
            Description(
                label: "High quality",
                help: """
                    Share of the fakes within three standard deviations of their nearest cluster; \
                    perfect sampling gives 98.9%.
                    """,
                formula: "mean over q of [min over k of (q − μₖ)ᵀ Σₖ⁻¹ (q − μₖ) ≤ 9]", better: .higher)
        case .modesCaptured:
            Description(
                label: "Modes captured",
                help: """
                    Clusters with at least one fake within three standard deviations: the papers' count, \
                    which one lucky sample satisfies.
                    """,
                formula: "#{k : some fake within 3σ of k}", better: .higher)
        case .energyDistance:
            Description(
                label: "Energy distance",
                help: """
                    How much farther fakes lie from reals than each lie among themselves; 0 only when \
                    the two are equal.
                    """,
                formula: "√(2 E‖p − q‖ − E‖p − p′‖ − E‖q − q′‖)", better: .lower)
        case .mmd:
            Description(
                label: "MMD",
                help: """
                    Maximum mean discrepancy: how well the best smooth test function tells fakes from \
                    reals, at five scales at once.
                    """,
                formula: "√(E k(p,p′) + E k(q,q′) − 2 E k(p,q)), k = mean of 5 Gaussian kernels",
                better: .lower)
        case .frechet:
            Description(
                label: "Fréchet distance",
                help: """
                    What FID would say: it compares only mean and covariance, so it cannot tell a ring \
                    from a blob of the same size.
                    """,
                formula: "‖μ − ν‖² + tr(Σ + Τ − 2(ΣΤ)^½)", better: .lower)
        case .outside:
            Description(
                label: "Out of view",
                help: """
                    Share of the fakes that lie outside the picture.
                    """,
                formula: "mean over q of [q outside the view]", better: .lower)
        case .realAccuracy:
            Description(
                label: "D right on reals",
                help: """
                    Share of the reals that the discriminator takes for real; near a half it can no \
                    longer tell.
                    """,
                formula: "mean over p of [D(p) > ½]", better: nil)
        case .fakeAccuracy:
            Description(
                label: "D right on fakes",
                help: """
                    Share of the fakes that the discriminator takes for fake; near a half it can no \
                    longer tell.
                    """,
                formula: "mean over q of [D(q) < ½]", better: nil)
        case .gradientNorm:
            Description(
                label: "Gradient at fakes",
                help: """
                    Median length of the gradient that pulls the fakes; near zero the generator learns \
                    nothing.
                    """,
                formula: "median over q of ‖∂L_G/∂q‖", better: nil)
        case .generatorNorm:
            Description(
                label: "G's weights",
                help:
                    "Length of all weights and biases of the generator together; it grows when training runs away.",
                formula: "‖θ_G‖", better: nil)
        case .discriminatorNorm:
            Description(
                label: "D's weights",
                help: """
                    Length of all weights and biases of the discriminator together; the longer, the steeper D \
                    can be.
                    """,
                formula: "‖θ_D‖", better: nil)
        case .generatorUpdate:
            Description(
                label: "G's last step",
                help: """
                    How far the last step moved the generator's weights; about a thousandth of their length is \
                    usual.
                    """,
                formula: "‖θ_G′ − θ_G‖", better: nil)
        case .discriminatorUpdate:
            Description(
                label: "D's last step",
                help: """
                    How far the last step moved the discriminator's weights, in all of its updates; about a \
                    thousandth of their length is usual.
                    """,
                formula: "‖θ_D′ − θ_D‖", better: nil)
        }
    }
}
