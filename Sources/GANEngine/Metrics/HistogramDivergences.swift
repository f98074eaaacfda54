extension Histogram {
    /// What is added to every cell of both histograms before their Kullback–Leibler divergence is taken: GAN Lab's.
    ///
    /// Without it one empty cell would make the divergence infinite. Both sides are scaled back to mass 1 (GAN Lab
    /// does not), so that the result is never negative; its most is log₂((1 + ε)/ε) ≈ 13.3.
    public static let epsilon = 1e-4

    /// KL(p ‖ q) = Σ p log₂(p/q), in bits, with ``epsilon``; this is p, the reals, and `q` are the fakes.
    /// (Kullback and Leibler 1951.)
    public func kullbackLeibler(from q: Histogram) -> Float {
        let scale = 1 / (1 + Double(probabilities.count) * Histogram.epsilon)
        var sum = 0.0
        // Where both are equal, as in the many empty cells, there is nothing to add.
        for (p, q) in zip(probabilities, q.probabilities) where p != q {
            let (a, b) = (Double(p) + Histogram.epsilon, Double(q) + Histogram.epsilon)
            sum += a * scale * Elementary.log2(a / b)
        }
        return Float(max(sum, 0))
    }

    /// JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m) with m = ½(p + q), in bits: 0 when equal, 1 when nothing overlaps.
    ///
    /// It needs no ε. (Lin 1991; a GAN with an optimal discriminator minimises it, Goodfellow et al. 2014, theorem 1.)
    public func jensenShannon(with q: Histogram) -> Float {
        var sum = 0.0
        for (p, q) in zip(probabilities, q.probabilities) where p != q {
            let (a, b) = (Double(p), Double(q))
            let m = (a + b) / 2
            if a > 0 { sum += a * Elementary.log2(a / m) }
            if b > 0 { sum += b * Elementary.log2(b / m) }
        }
        return Float(min(max(sum / 2, 0), 1))
    }
}
