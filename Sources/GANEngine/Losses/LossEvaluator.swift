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

    /// D's derivatives by its logits, for the samples of one minibatch: 1 and 0 where D is the logit, those of σ where it
    /// is the probability. Zero where lanes only pad.
    func differentiateOutput(
        _ logits: UnsafePointer<Float>, slopes: UnsafeMutablePointer<Float>,
        curvatures: UnsafeMutablePointer<Float>
    ) {
        slopes.update(repeating: 0, count: padded)
        curvatures.update(repeating: 0, count: padded)
        guard settings.seesProbability else { return slopes.update(repeating: 1, count: count) }
        let (p, q) = (scratch.base, scratch.base + padded)
        kernels.pointee.logistic(logits, p, q, q + padded, Int64(padded))
        for index in 0..<count {
            slopes[index] = p[index] * q[index]
            curvatures[index] = p[index] * q[index] * (q[index] - p[index])
        }
    }

    /// ``evaluate(_:_:slopes:curvatures:)`` for a kind that is known when this is compiled.
    @inline(__always)
    func loop(
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
