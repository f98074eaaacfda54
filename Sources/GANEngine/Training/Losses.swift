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
    ///
    /// A new loss is a new case of ``LossKind`` and of this function.
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
            return leastSquaresOnProbability ? squareOfProbability(l, label) : square(l, label)
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

/// Evaluates a loss over a minibatch of logits.
struct LossEvaluator {
    let settings: LossSettings
    let kernels: KernelTable
    /// Samples, or packs of them.
    let count: Int
    /// p, q and softplus of every logit.
    private let scratch: FloatBuffer
    private let padded: Int

    init(_ settings: LossSettings, count: Int, kernels: KernelTable) {
        self.settings = settings
        self.kernels = kernels
        self.count = count
        padded = tileCount(count) * tileWidth
        scratch = FloatBuffer(3 * padded)
    }

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

    @inline(__always)
    private func loop(
        _ kind: LossKind, _ side: LossSide, _ logits: UnsafePointer<Float>,
        _ slopes: UnsafeMutablePointer<Float>,
        _ curvatures: UnsafeMutablePointer<Float>?
    ) -> Float {
        let p = scratch.base
        let q = p + padded
        let softplus = q + padded
        kernels.pointee.logistic(logits, p, q, softplus, Int64(padded))
        let share = 1 / Float(count)
        var sum = SIMD16<Float>.zero
        for start in stride(from: 0, to: padded, by: 16) {
            let l = Logits(
                o: load(logits + start), p: load(p + start), q: load(q + start),
                softplus: load(softplus + start))
            var term = settings.term(kind, side, l)
            if start + 16 > count { term.keep(count - start) }
            sum += term.value
            store(term.slope * share, slopes + start)
            if let curvatures { store(term.curvature * share, curvatures + start) }
        }
        return sum.folded * share
    }
}

extension LossTerm {
    /// Zero beyond the first `count` lanes.
    @inline(__always)
    mutating func keep(_ count: Int) {
        value.keep(count)
        slope.keep(count)
        curvature.keep(count)
    }
}
