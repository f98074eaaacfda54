/// The losses: what each is called, what it computes, and which settings it listens to.
///
/// To add one, add a case here and follow the compiler through this file; its test is a case in `ReferenceStep`.
public enum LossKind: String, CaseIterable, Hashable, Sendable {
    /// Goodfellow et al. 2014, equation 1: G minimises mean log(1 − D(G(z))).
    case minimax
    /// Goodfellow et al. 2014, section 3: G minimises −mean log D(G(z)).
    case nonSaturating
    /// Mao et al. 2017.
    case leastSquares
    /// Lim and Ye 2017.
    case hinge
    /// Arjovsky et al. 2017. Needs a weight clip or a gradient penalty.
    case wasserstein
}

extension LossKind: Choosable {
    var about: About {
        switch self {
        case .minimax:
            About(
                label: "Minimax",
                help:
                    "The game as first written: G lowers what D raises. Its gradient vanishes when D is sure.",
                formula: "L_D = −(mean log D(x) + mean log(1 − D(G(z)))), L_G = mean log(1 − D(G(z)))")
        case .nonSaturating:
            About(
                label: "Non-saturating",
                help: "G raises D's belief in its samples, so that it learns even when D is sure.",
                formula: "L_D = −(mean log D(x) + mean log(1 − D(G(z)))), L_G = −mean log D(G(z))")
        case .leastSquares:
            About(
                label: "Least squares", help: "Pulls scores towards labels, even those on the right side.",
                formula: "L_D = ½ (mean (D(x) − 1)² + mean D(G(z))²), L_G = ½ mean (D(G(z)) − 1)²")
        case .hinge:
            About(
                label: "Hinge", help: "D stops caring about samples it judges well by a margin.",
                formula: "L_D = mean max(0, 1 − D(x)) + mean max(0, 1 + D(G(z))), L_G = −mean D(G(z))")
        case .wasserstein:
            About(
                label: "Wasserstein",
                help:
                    "D measures how far fakes must move; it needs a limit on its slope, by clip or gradient penalty.",
                formula: "L_D = mean D(G(z)) − mean D(x), L_G = −mean D(G(z))",
                companions: ["penalty.gradient": 1, "discriminator.updates": 5])
        }
    }
}

extension LossKind {
    /// Whether it compares D's output with labels, which can be smoothed.
    var hasLabels: Bool { self == .minimax || self == .nonSaturating || self == .leastSquares }

    /// Whether it is a log loss, whose real term can be weighed.
    var isLogarithmic: Bool { self == .minimax || self == .nonSaturating }

    /// Its name in a trace.
    var traceName: String {
        switch self {
        case .minimax: "minimax"
        case .nonSaturating: "nonsaturating"
        case .leastSquares: "lsgan"
        case .hinge: "hinge"
        case .wasserstein: "wgan"
        }
    }
}

// MARK: - The mathematics

/// One term of a loss at sixteen logits: what it adds, and its first and second derivative by the logit.
struct LossTerm {
    var value, slope, curvature: SIMD16<Float>
}

/// Sixteen outputs o of the discriminator, with p = σ(o), q = 1 − p and softplus(o) = log(1 + eᵒ).
struct Logits {
    var o, p, q, softplus: SIMD16<Float>
}

/// Whose term it is: the discriminator's for real or for fake samples, or the generator's.
enum LossSide {
    case real, fake, generator
}

extension LossSettings {
    /// The term of one side at sixteen logits; the loss is its mean over the minibatch.
    @inline(__always)
    func term(_ kind: LossKind, _ side: LossSide, _ l: Logits) -> LossTerm {
        let label: Float =
            switch side {
            case .real: 1 - Float(smoothReal)
            case .fake: Float(smoothFake)
            case .generator: 1
            }
        switch (kind, side) {
        case (.minimax, .generator):
            // mean log(1 − D)
            return LossTerm(value: -l.softplus, slope: -l.p, curvature: -(l.p * l.q))
        case (.minimax, _), (.nonSaturating, _):
            return crossEntropy(l, label, weight: side == .real ? Float(realWeight) : 1)
        case (.leastSquares, _):
            return seesProbability ? squareOfProbability(l, label) : square(l, label)
        case (.hinge, .real):
            return hinge(l, sign: -1)
        case (.hinge, .fake):
            return hinge(l, sign: 1)
        case (.wasserstein, .fake):
            return LossTerm(value: l.o, slope: .one, curvature: .zero)
        case (.hinge, .generator), (.wasserstein, _):
            return LossTerm(value: -l.o, slope: -.one, curvature: .zero)
        }
    }

    /// −t log p − (1 − t) log q, written so that nothing overflows and nothing cancels.
    @inline(__always)
    private func crossEntropy(_ l: Logits, _ t: Float, weight: Float) -> LossTerm {
        LossTerm(
            value: weight * (l.softplus - t * l.o),
            slope: weight * ((1 - t) * l.p - t * l.q),
            curvature: weight * (l.p * l.q))
    }

    /// c (o − t)²
    @inline(__always)
    private func square(_ l: Logits, _ t: Float) -> LossTerm {
        let c = Float(leastSquaresScale)
        let d = l.o - t
        return LossTerm(value: c * d * d, slope: 2 * c * d, curvature: SIMD16(repeating: 2 * c))
    }

    /// c (p − t)²
    @inline(__always)
    private func squareOfProbability(_ l: Logits, _ t: Float) -> LossTerm {
        let c = Float(leastSquaresScale)
        let d = l.p - t
        let pq = l.p * l.q
        return LossTerm(
            value: c * d * d, slope: 2 * c * d * pq, curvature: 2 * c * pq * (pq + d * (l.q - l.p)))
    }

    /// max(0, 1 + sign · o)
    @inline(__always)
    private func hinge(_ l: Logits, sign: Float) -> LossTerm {
        let margin = 1 + sign * l.o
        let inside = margin .> 0
        return LossTerm(
            value: SIMD16.zero.replacing(with: margin, where: inside),
            slope: SIMD16.zero.replacing(with: sign, where: inside), curvature: .zero)
    }
}

extension LossSettings {
    /// Whether D, for its loss and its penalties, is the probability σ(o) rather than the logit o.
    var seesProbability: Bool { kind == .leastSquares && leastSquaresOnProbability }
}

extension LossEvaluator {
    /// The mean of the term over the minibatch. Writes its derivative by each logit to `slopes`, and the
    /// second derivative to `curvatures` if given; both are zero where lanes only pad.
    func evaluate(
        _ side: LossSide, _ logits: UnsafePointer<Float>, slopes: UnsafeMutablePointer<Float>,
        curvatures: UnsafeMutablePointer<Float>? = nil
    ) -> Float {
        // The kind is a constant in each loop, so that the loop holds nothing but its arithmetic.
        switch settings.kind {
        case .minimax: loop(.minimax, side, logits, slopes, curvatures)
        case .nonSaturating: loop(.nonSaturating, side, logits, slopes, curvatures)
        case .leastSquares: loop(.leastSquares, side, logits, slopes, curvatures)
        case .hinge: loop(.hinge, side, logits, slopes, curvatures)
        case .wasserstein: loop(.wasserstein, side, logits, slopes, curvatures)
        }
    }
}
