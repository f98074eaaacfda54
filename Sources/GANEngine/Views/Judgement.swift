import CKernels

// What the discriminator thinks of points of the plane, and where that would move them.

extension Snapshot {
    /// The discriminator's logit, or critic's value, at each point.
    ///
    /// A discriminator that judges several samples together is shown the same one several times.
    public func logits(at points: [Point]) -> [Float] {
        discriminator.outputs(packed(points)).column(0)
    }

    /// σ of ``logits(at:)``: how sure the discriminator is that each point is real.
    public func probabilities(at points: [Point]) -> [Float] {
        sigmoid(logits(at: points))
    }

    /// The generator's loss as each fake feels it: the gradient of its own term by its position, not divided by how
    /// many there are. The generator moves a fake against it.
    ///
    /// 450 fakes take 9 µs in a discriminator of 2 × 8 (one core of a Zen 5).
    ///
    /// - Parameters:
    ///   - fakes: where to look.
    ///   - loss: another loss than the settings', to compare what each would make of the same discriminator.
    /// - Returns: the discriminator's logits on the way, and the gradients.
    public func generatorGradients(
        at fakes: [Point], under loss: LossSettings? = nil
    ) -> (logits: [Float], gradients: [Point]) {
        let (logits, gradients) = discriminator.generatorLoss(loss ?? settings.loss, at: packed(fakes))
        let sums = (0..<fakes.count).map { sample in
            stride(from: 0, to: gradients.features, by: 2).reduce(into: Point(0, 0)) { sum, feature in
                sum.x += gradients[sample, feature]
                sum.y += gradients[sample, feature + 1]
            }
        }
        return (logits.column(0), sums)
    }

    /// The same point `packing` times in every vector.
    func packed(_ points: [Point]) -> Batch {
        let packing = settings.discriminator.packing
        guard packing > 1 else { return Batch(points) }
        var batch = Batch(features: 2 * packing, count: points.count)
        for (sample, point) in points.enumerated() {
            for copy in 0..<packing {
                batch[sample, 2 * copy] = point.x
                batch[sample, 2 * copy + 1] = point.y
            }
        }
        return batch
    }
}

/// σ(o) of every logit.
public func sigmoid(_ logits: [Float]) -> [Float] {
    // The kernel takes whole vectors of sixteen.
    let padded = (logits.count + 15) / 16 * 16
    let o = logits + [Float](repeating: 0, count: padded - logits.count)
    var p = o, q = o, softplus = o
    InstructionSet.best.kernels.pointee.logistic(o, &p, &q, &softplus, Int64(padded))
    return Array(p.prefix(logits.count))
}
