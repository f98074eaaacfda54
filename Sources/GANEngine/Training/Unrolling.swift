import CKernels

/// What an unrolled discriminator (Metz et al. 2017) has to remember: its parameters, gradients and optimizer
/// at every update that it runs ahead.
final class Unrolling {
    /// The discriminator before an update, and the gradient that the update followed.
    struct UpdateState {
        let weights, mean, square, gradient: FloatBuffer
    }

    /// One for each update, and one for what the last one led to.
    let updates: [UpdateState]
    /// The gradient of the generator's loss by D's weights and by its optimizer's memories: the adjoints that
    /// travel back through the updates.
    let weights, mean, square: FloatBuffer
    /// The adjoint of an update's gradient: a direction of D's parameters.
    let direction: FloatBuffer
    /// Updates that it runs ahead.
    let steps: Int

    init(_ steps: Int, parameters: Int) {
        self.steps = steps
        updates = (0...steps).map { _ in
            UpdateState(
                weights: FloatBuffer(parameters), mean: FloatBuffer(parameters),
                square: FloatBuffer(parameters),
                gradient: FloatBuffer(parameters))
        }
        weights = FloatBuffer(parameters)
        mean = FloatBuffer(parameters)
        square = FloatBuffer(parameters)
        direction = FloatBuffer(parameters)
    }
}

extension Trainer {
    /// The generator's loss against the discriminator of `unrolling` updates later, with its gradient at the
    /// fake samples, which also counts how those updates would answer to other samples. D is put back as it
    /// was.
    ///
    /// The updates ahead see one minibatch, the fake samples of this update and fresh real ones, as in the
    /// paper's code, both with instance noise; penalties are not part of them.
    func judgeUnrolled(_ step: Int, _ update: Int) -> Float {
        guard let unrolling, let tangentPass else { return 0 }
        let network = networks.discriminator
        let start = network.updates
        let both = 0..<fake.upperBound
        drawReal(streams.unrolledReal.key(step: step, update: update))
        disturb(real, streams.instanceNoiseUnrolled, step, update)

        for update in unrolling.updates.dropLast() {
            discriminatorPass.forward(both)
            _ = judge(.real, real) + judge(.fake, fake)
            discriminatorPass.backward(both, toInput: false)
            network.save(to: update)
            _ = network.descend(
                settings.discriminator.optimizer, step: step - scheduleStart, kernels: kernels)
            clipWeights()
        }
        discriminatorPass.forward(fake)
        let value = judge(.generator, fake)
        discriminatorPass.backward(fake, toInput: true)
        unrolling.start(from: network.gradient)
        network.save(to: unrolling.updates[unrolling.steps])

        // The gradient at the fake samples gathers in the third minibatch's place, which is free here.
        let gathered = discriminatorPass.inputDelta.from(between.lowerBound)
        let direct = discriminatorPass.inputDelta.from(fake.lowerBound)
        gathered.copy(from: direct, tiles: tiles)
        for index in (0..<unrolling.steps).reversed() {
            let clip = Float(settings.penalty.weightClip)
            if clip > 0 { unrolling.stopAtClip(clip, unrolling.updates[index + 1].weights) }
            let t = start + index + 1
            unrolling.pullBack(
                settings.discriminator.optimizer, t, step: step - scheduleStart, unrolling.updates[index])
            network.load(from: unrolling.updates[index])
            discriminatorPass.forward(both)
            let curvatures = tangentPass.outputDelta.row(0, tile: 0)
            _ = judge(.real, real, curvatures: curvatures)
            _ = judge(.fake, fake, curvatures: curvatures + tiles * tileWidth)
            discriminatorPass.backward(both, toInput: true)
            tangentPass.forward(both, along: .parameters(unrolling.direction))
            for lane in 0..<2 * tiles * tileWidth {
                curvatures[lane] *= tangentPass.outputDirection.row(0, tile: 0)[lane]
            }
            tangentPass.backward(
                both, along: .parameters(unrolling.direction), into: unrolling.weights, toInput: true)
            gathered.add(tangentPass.inputDelta.from(fake.lowerBound), tiles: tiles)
        }
        direct.copy(from: gathered, tiles: tiles)
        network.load(from: unrolling.updates[0])
        network.updates = start
        return value
    }
}

extension Unrolling {
    /// The adjoints behind the last update: the loss sees D's weights alone.
    fileprivate func start(from gradient: FloatBuffer) {
        weights.base.update(from: gradient.base, count: gradient.count)
        mean.base.update(repeating: 0, count: mean.count)
        square.base.update(repeating: 0, count: square.count)
    }

    /// Weights that were cut off do not answer to anything.
    fileprivate func stopAtClip(_ bound: Float, _ clipped: FloatBuffer) {
        for index in 0..<weights.count where abs(clipped.base[index]) >= bound { weights.base[index] = 0 }
    }

    /// Back through one optimizer update: from the adjoints of what it wrote to those of what it read. The
    /// adjoint of the gradient becomes ``direction``.
    fileprivate func pullBack(_ optimizer: OptimizerSettings, _ t: Int, step: Int, _ update: UpdateState) {
        let u = optimizer.update(t, step: step)
        for index in 0..<weights.count {
            let g = update.gradient.base[index]
            let w̄ = weights.base[index]
            switch optimizer.kind {
            case .sgd:
                direction.base[index] = -u.rate * w̄
            case .momentum:
                // m′ = μm + g; w′ = w − η m′, or w − η (g + μm′)
                let m̄ = mean.base[index] - u.rate * (u.nesterov != 0 ? u.decay : 1) * w̄
                direction.base[index] = m̄ - (u.nesterov != 0 ? u.rate * w̄ : 0)
                mean.base[index] = u.decay * m̄
            case .rmsprop:
                // v′ = ρv + (1 − ρ)g²; w′ = w − η g / (√v′ + ε)
                let root = (u.decay * update.square.base[index] + u.gain * g * g).squareRoot()
                let below = root + u.epsilon
                let v̄ = square.base[index] + (root > 0 ? u.rate * w̄ * g / (below * below * 2 * root) : 0)
                direction.base[index] = 2 * u.gain * g * v̄ - u.rate * w̄ / below
                square.base[index] = u.decay * v̄
            case .adam:
                // m′ = β₁m + (1 − β₁)g; v′ = β₂v + (1 − β₂)g²; w′ = w − η m′ / (√(c v′) + ε)
                let m = u.decay * update.mean.base[index] + u.gain * g
                let v = u.squareDecay * update.square.base[index] + u.squareGain * g * g
                let root = (u.squareCorrection * v).squareRoot()
                let below = root + u.epsilon
                let m̄ = mean.base[index] - u.rate * w̄ / below
                let slope = root > 0 ? u.rate * m * u.squareCorrection / (below * below * 2 * root) : 0
                let v̄ = square.base[index] + slope * w̄
                direction.base[index] = u.gain * m̄ + 2 * u.squareGain * g * v̄
                mean.base[index] = u.decay * m̄
                square.base[index] = u.squareDecay * v̄
            }
        }
    }
}

extension TrainedNetwork {
    fileprivate func save(to update: Unrolling.UpdateState) {
        update.weights.base.update(from: weights.base, count: weights.count)
        update.mean.base.update(from: mean.base, count: mean.count)
        update.square.base.update(from: square.base, count: square.count)
        update.gradient.base.update(from: gradient.base, count: gradient.count)
    }

    fileprivate func load(from update: Unrolling.UpdateState) {
        weights.base.update(from: update.weights.base, count: weights.count)
        mean.base.update(from: update.mean.base, count: mean.count)
        square.base.update(from: update.square.base, count: square.count)
    }
}

extension Panel {
    /// Copies `tiles` of a panel of the same width.
    fileprivate func copy(from other: Panel, tiles: Int) {
        row(0, tile: 0).update(from: other.row(0, tile: 0), count: tiles * Int(stride))
    }

    /// Adds `tiles` of a panel of the same width.
    fileprivate func add(_ other: Panel, tiles: Int) {
        let (sum, term) = (row(0, tile: 0), other.row(0, tile: 0))
        for index in 0..<tiles * Int(stride) { sum[index] += term[index] }
    }
}
