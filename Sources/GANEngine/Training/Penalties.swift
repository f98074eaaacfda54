/// What is asked of g = ∇ₓD, the discriminator's gradient at a sample.
enum GradientPenalty {
    /// γ/2 · mean ‖g‖² (Mescheder et al. 2018): R1 on real samples, R2 on fake ones.
    case squaredNorm(weight: Float)
    /// λ · mean (‖g‖ − target)² (Gulrajani et al. 2017).
    case norm(weight: Float, target: Float)

    /// The penalty for sixteen samples whose gradients have the squared norm `square`, and the factor by
    /// which its derivative by g is a multiple of g: for one sample, not the mean.
    @inline(__always)
    func evaluate(_ square: SIMD16<Float>) -> (value: SIMD16<Float>, factor: SIMD16<Float>) {
        switch self {
        case .squaredNorm(let weight):
            return (weight / 2 * square, SIMD16(repeating: weight))
        case .norm(let weight, let target):
            let norm = square.squareRoot()
            let distance = norm - target
            // At g = 0, where the norm has no derivative, 0 is as good as any.
            let factor = (2 * weight * distance / norm).replacing(with: 0, where: norm .== 0)
            return (weight * distance * distance, factor)
        }
    }
}

extension Trainer {
    /// Adds a penalty on ∇ₓD at a minibatch to the gradient of D's weights, and returns its value.
    ///
    /// The forward pass over `range` must be in place; the backward pass in it is replaced.
    func penalize(_ penalty: GradientPenalty, _ range: Range<Int>) -> Float {
        guard let tangentPass else { return 0 }
        // g = ∇ₓ Σ D: where D sees the minibatch as a whole, this is also how a framework's autograd has it.
        let output = discriminatorPass.output.row(0, tile: range.lowerBound)
        let slopes = discriminatorPass.outputDelta.row(0, tile: range.lowerBound)
        let curvatures = tangentPass.outputDelta.row(0, tile: range.lowerBound)
        loss.differentiateOutput(output, slopes: slopes, curvatures: curvatures)
        discriminatorPass.backward(range, gradients: false, toInput: true)
        let value = direct(penalty, range)
        tangentPass.forward(range, along: .input)
        let moving = tangentPass.outputDirection.row(0, tile: range.lowerBound)
        for lane in 0..<range.count * tileWidth { curvatures[lane] *= moving[lane] }
        tangentPass.backward(range, along: .input, into: networks.discriminator.gradient, toInput: false)
        return value
    }

    /// The mean penalty; leaves its derivative by g as the direction along which to differentiate.
    private func direct(_ penalty: GradientPenalty, _ range: Range<Int>) -> Float {
        guard let tangentPass else { return 0 }
        let features = packing * Settings.dataDimension
        let share = 1 / Float(settings.packs)
        var sum = SIMD16<Float>.zero
        for start in stride(from: 0, to: tiles * tileWidth, by: 16) {
            let (tile, lane) = (range.lowerBound + start / tileWidth, start % tileWidth)
            var square = SIMD16<Float>.zero
            for feature in 0..<features {
                let g = load(discriminatorPass.inputDelta.row(feature, tile: tile) + lane)
                square += g * g
            }
            var (value, factor) = penalty.evaluate(square)
            value.keep(settings.packs - start)
            factor.keep(settings.packs - start)
            sum += value
            for feature in 0..<features {
                let g = load(discriminatorPass.inputDelta.row(feature, tile: tile) + lane)
                store(factor * share * g, tangentPass.inputDirection.row(feature, tile: tile) + lane)
            }
        }
        return sum.folded * share
    }

    /// Lays x̂ = ε x + (1 − ε) G(z) into the third minibatch, ε ~ U[0, 1) for each pack.
    func interpolate(_ key: RandomKey) {
        key.fill(mixing.base, tiles: tiles, channels: 1, .uniform, with: instructions)
        for tile in 0..<tiles {
            for feature in 0..<packing * Settings.dataDimension {
                let real = discriminatorPass.input.row(feature, tile: real.lowerBound + tile)
                let fake = discriminatorPass.input.row(feature, tile: fake.lowerBound + tile)
                let between = discriminatorPass.input.row(feature, tile: between.lowerBound + tile)
                for lane in stride(from: 0, to: tileWidth, by: 16) {
                    let share = load(mixing.base + tile * tileWidth + lane)
                    let (x, f) = (load(real + lane), load(fake + lane))
                    store(share * x + (1 - share) * f, between + lane)
                }
            }
        }
    }
}
