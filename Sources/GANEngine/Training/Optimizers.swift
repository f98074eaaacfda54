import CKernels

/// The parameters of one network, their gradient, and what its optimizer remembers.
final class TrainedNetwork {
    let weights: FloatBuffer
    let gradient: FloatBuffer
    /// Momentum's velocity, Adam's mean of the gradient.
    let mean: FloatBuffer
    /// RMSProp's and Adam's mean of the squared gradient.
    let square: FloatBuffer
    /// Updates so far; Adam's t.
    var updates = 0
    /// Loss of the last update, without penalties; 0 before the first.
    var loss: Float = 0
    /// How far the last step moved the weights; NaN until one is run.
    var lastStep = Float.nan
    /// The weights before it.
    private let earlier: FloatBuffer

    init(_ parameters: [Float]) {
        weights = FloatBuffer(parameters)
        gradient = FloatBuffer(parameters.count)
        mean = FloatBuffer(parameters.count)
        square = FloatBuffer(parameters.count)
        earlier = FloatBuffer(parameters.count)
    }

    /// Notes where the weights are, for ``measureStep()``.
    func beginStep() { earlier.base.update(from: weights.base, count: weights.count) }

    /// Measures how far the weights moved since ``beginStep()``.
    func measureStep() { lastStep = weights.distance(to: earlier) }

    /// Lengths for somebody who watches.
    var lengths: WeightLengths { WeightLengths(weights: weights.length, lastStep: lastStep) }

    /// Forgets what the optimizer remembers: a new one starts fresh.
    func forget() {
        updates = 0
        mean.base.update(repeating: 0, count: mean.paddedCount)
        square.base.update(repeating: 0, count: square.paddedCount)
    }

    /// One update along the gradient. Says whether every number is still finite.
    func descend(_ optimizer: OptimizerSettings, step: Int, kernels: KernelTable) -> Bool {
        updates += 1
        let update = optimizer.update(updates, step: step)
        let (w, g, m, v) = (weights.base, gradient.base, mean.base, square.base)
        let count = Int64(weights.paddedCount)
        let isFinite =
            switch optimizer.kind {
            case .sgd: kernels.pointee.sgd(update, w, g, count)
            case .momentum: kernels.pointee.momentum(update, w, g, m, count)
            case .rmsprop: kernels.pointee.rmsprop(update, w, g, v, count)
            case .adam: kernels.pointee.adam(update, w, g, m, v, count)
            }
        return isFinite != 0
    }
}

extension OptimizerSettings {
    /// The numbers that update `t` (from 1) during step `step` works with, rounded once from double
    /// precision.
    func update(_ t: Int, step: Int) -> Update {
        let rate = rate(at: step)
        switch kind {
        case .sgd:
            return Update(rate: rate)
        case .momentum:
            return Update(rate: rate, decay: momentum, nesterov: nesterov)
        case .rmsprop:
            return Update(rate: rate, decay: rho, epsilon: epsilon)
        case .adam:
            return Update(
                rate: rate / (1 - power(beta1, t)), decay: beta1, squareDecay: beta2,
                squareCorrection: 1 / (1 - power(beta2, t)), epsilon: epsilon)
        }
    }
}

extension Update {
    fileprivate init(
        rate: Double, decay: Double = 0, squareDecay: Double = 0, squareCorrection: Double = 1,
        epsilon: Double = 0,
        nesterov: Bool = false
    ) {
        self.init(
            rate: Float(rate), decay: Float(decay), gain: Float(1 - decay), squareDecay: Float(squareDecay),
            squareGain: Float(1 - squareDecay), squareCorrection: Float(squareCorrection),
            epsilon: Float(epsilon),
            nesterov: nesterov ? 1 : 0)
    }
}
