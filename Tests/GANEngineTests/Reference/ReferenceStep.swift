import Foundation
import GANEngine

/// One training step in double precision. Gradients are central differences of the losses, so nothing here
/// knows how to differentiate a network by hand.
struct ReferenceStep {
    /// The worst disagreement found, relative to the largest number of its kind; names say where.
    private(set) var errors: [String: Double] = [:]

    private let settings: Settings
    private var generator: ReferencePlayer
    private var discriminator: ReferencePlayer
    private var average: [Double]
    private var singular: [Double]

    /// Follows a traced step from the same start with the same samples, and compares everything on the way.
    init(following trace: StepTrace) {
        settings = trace.settings
        generator = ReferencePlayer(settings.generatorShape, trace.before.generator)
        discriminator = ReferencePlayer(settings.discriminatorShape, trace.before.discriminator)
        average = trace.before.average.map(Double.init)
        singular = trace.before.singular.map(Double.init)
        for update in trace.discriminator { updateDiscriminator(update, trace.step) }
        for update in trace.generator { updateGenerator(update, trace.step) }
        compare(generator, trace.after.generator, "generator")
        compare(discriminator, trace.after.discriminator, "discriminator")
        note("average", trace.after.average, average)
        if settings.discriminator.spectralNormalization { note("singular", trace.after.singular, singular) }
    }

    private mutating func updateDiscriminator(_ update: StepTrace.Update, _ step: Int) {
        let batch = ReferenceBatch(update, settings, generator.network)
        let fake = batch.fake(generator.network)
        let vectors = singularVectors()
        let loss = discriminatorLoss(batch, fake, vectors)
        let penalty = penalty(batch, fake, vectors)
        let gradient = centralDifferences(discriminator.parameters) { parameters in
            let moved = discriminator.with(parameters)
            return discriminatorLoss(batch, fake, vectors, moved) + self.penalty(batch, fake, vectors, moved)
        }
        note("D loss", [update.loss], [loss], scale: max(1, abs(loss)))
        note("D penalty", [update.penalty], [penalty], scale: max(1, abs(penalty)))
        note("D gradient", update.gradient, gradient)
        discriminator.descend(gradient, settings.discriminator.optimizer, step)
        discriminator.clip(settings.penalty.weightClip)
    }

    private mutating func updateGenerator(_ update: StepTrace.Update, _ step: Int) {
        let batch = ReferenceBatch(update, settings, generator.network)
        let vectors = singularVectors()
        func loss(_ fake: [[Double]]) -> Double {
            var ahead = discriminator
            for _ in 0..<settings.discriminator.unrolling {
                let gradient = centralDifferences(ahead.parameters) {
                    discriminatorLoss(batch, fake, vectors, ahead.with($0))
                }
                ahead.descend(gradient, settings.discriminator.optimizer, step)
                ahead.clip(settings.penalty.weightClip)
            }
            return generatorLoss(fake, vectors, ahead)
        }
        let fake = batch.fake(generator.network)
        let gradient = centralDifferences(generator.parameters) {
            loss(batch.fake(generator.with($0).network))
        }
        let flat = centralDifferences(fake.flatMap { $0 }) { loss($0.chunks(of: fake[0].count)) }
        note("G loss", [update.loss], [loss(fake)], scale: max(1, abs(loss(fake))))
        note("G gradient", update.gradient, gradient)
        note("sample gradients", update.sampleGradients.flatMap { $0 }, flat)
        generator.descend(gradient, settings.generator.optimizer, step)
        let decay = settings.generator.average
        if decay > 0 {
            for index in average.indices {
                average[index] = decay * average[index] + (1 - decay) * generator.parameters[index]
            }
        }
    }

    // MARK: Losses

    private func judged(_ samples: [[Double]], _ vectors: [SingularVectors], _ player: ReferencePlayer)
        -> [Double]
    {
        var network = player.network
        if !vectors.isEmpty { network.divisors = vectors.map { $0.value(in: network.parameters) } }
        return network.outputs(samples).map { $0[0] }
    }

    private func discriminatorLoss(
        _ batch: ReferenceBatch, _ fake: [[Double]], _ vectors: [SingularVectors],
        _ player: ReferencePlayer? = nil
    ) -> Double {
        let player = player ?? discriminator
        let loss = settings.loss
        let real = judged(batch.real, vectors, player)
        let fake = judged(fake, vectors, player)
        let (r, f) = (1 - loss.smoothReal, loss.smoothFake)
        switch loss.kind {
        case .minimax, .nonSaturating:
            return loss.realWeight * real.mean { r * softplus(-$0) + (1 - r) * softplus($0) }
                + fake.mean { f * softplus(-$0) + (1 - f) * softplus($0) }
        case .leastSquares:
            return loss.leastSquaresScale
                * (real.mean { square(seen($0) - r) } + fake.mean { square(seen($0) - f) })
        case .hinge: return real.mean { max(0, 1 - $0) } + fake.mean { max(0, 1 + $0) }
        case .wasserstein: return fake.mean { $0 } - real.mean { $0 }
        }
    }

    private func generatorLoss(_ fake: [[Double]], _ vectors: [SingularVectors], _ player: ReferencePlayer)
        -> Double
    {
        let logits = judged(fake, vectors, player)
        switch settings.loss.kind {
        case .minimax: return logits.mean { -softplus($0) }
        case .nonSaturating: return logits.mean { softplus(-$0) }
        case .leastSquares: return settings.loss.leastSquaresScale * logits.mean { square(seen($0) - 1) }
        case .hinge, .wasserstein: return logits.mean { -$0 }
        }
    }

    private func seen(_ logit: Double) -> Double {
        settings.loss.seesProbability ? sigmoid(logit) : logit
    }

    private func penalty(
        _ batch: ReferenceBatch, _ fake: [[Double]], _ vectors: [SingularVectors],
        _ player: ReferencePlayer? = nil
    ) -> Double {
        var network = (player ?? discriminator).network
        if !vectors.isEmpty { network.divisors = vectors.map { $0.value(in: network.parameters) } }
        let asked = settings.penalty
        func squares(_ samples: [[Double]]) -> [Double] {
            network.inputGradients(samples, ofProbability: settings.loss.seesProbability)
                .map { $0.reduce(0) { $0 + $1 * $1 } }
        }
        var sum = 0.0
        if asked.r1 > 0 { sum += asked.r1 / 2 * squares(batch.real).mean { $0 } }
        if asked.r2 > 0 { sum += asked.r2 / 2 * squares(fake).mean { $0 } }
        if asked.gradient > 0 {
            let between = zip(zip(batch.real, fake), batch.mixing).map { pair, share in
                zip(pair.0, pair.1).map { share * $0 + (1 - share) * $1 }
            }
            sum += asked.gradient * squares(between).mean { square($0.squareRoot() - asked.gradientTarget) }
        }
        return sum
    }

    /// What one power iteration finds for each layer; nothing without spectral normalisation.
    private mutating func singularVectors() -> [SingularVectors] {
        guard settings.discriminator.spectralNormalization else { return [] }
        var start = 0
        return discriminator.shape.layers.map { layer in
            let w = SingularVectors.matrix(layer, discriminator.parameters)
            func right(_ u: [Double]) -> [Double] {
                normalized(
                    (0..<layer.inputs).map { column in zip(u, w).reduce(0) { $0 + $1.0 * $1.1[column] } })
            }
            func left(_ v: [Double]) -> [Double] { normalized(w.map { dot($0, v) }) }
            let place = start..<start + layer.outputs
            let u = left(right(Array(singular[place])))
            singular.replaceSubrange(place, with: u)
            start = place.upperBound
            return SingularVectors(layer: layer, left: u, right: right(u))
        }
    }

    // MARK: Comparing

    private mutating func compare(_ player: ReferencePlayer, _ state: TrainingState.Player, _ name: String) {
        note("\(name) weights", state.weights, player.parameters)
        note("\(name) mean", state.mean, player.mean)
        note("\(name) square", state.square, player.square)
    }

    private mutating func note(_ name: String, _ got: [Float], _ expected: [Double], scale: Double? = nil) {
        let scale = scale ?? max(expected.map(abs).max() ?? 0, 1e-6)
        let worst = zip(got, expected).map { abs(Double($0) - $1) / scale }.max() ?? 0
        let isWhole = got.count == expected.count && got.allSatisfy(\.isFinite)
        errors[name] = max(errors[name] ?? 0, isWhole ? worst : .infinity)
    }
}

/// A layer's singular vectors, which count as constants when gradients are taken.
struct SingularVectors {
    let layer: NetworkShape.Layer
    let left: [Double]
    let right: [Double]

    /// uᵀ W v.
    func value(in parameters: [Double]) -> Double {
        dot(left, Self.matrix(layer, parameters).map { dot($0, right) })
    }

    static func matrix(_ layer: NetworkShape.Layer, _ parameters: [Double]) -> [[Double]] {
        (0..<layer.outputs).map { row in
            let start = layer.weights + row * layer.inputs
            return Array(parameters[start..<start + layer.inputs])
        }
    }
}

/// The samples of one update, in double precision.
struct ReferenceBatch {
    let noise: [[Double]]
    let real: [[Double]]
    let mixing: [Double]
    /// What instance noise added to the fake packs.
    private let disturbance: [[Double]]
    private let dimension: Int

    init(_ update: StepTrace.Update, _ settings: Settings, _ generator: ReferenceNetwork) {
        noise = update.noise.map { $0.map(Double.init) }
        real = update.real.map { $0.map(Double.init) }
        mixing = update.mixing.map { Double($0[0]) }
        dimension = settings.noise.dimension
        let clean = Self.packs(noise, dimension, generator)
        let isDisturbed = settings.penalty.instanceNoise > 0
        disturbance = zip(update.fake, clean).map { seen, fake in
            zip(seen, fake).map { isDisturbed ? Double($0) - $1 : 0 }
        }
    }

    /// The fake packs that a generator makes of the noise.
    func fake(_ generator: ReferenceNetwork) -> [[Double]] {
        zip(Self.packs(noise, dimension, generator), disturbance).map { zip($0, $1).map { $0 + $1 } }
    }

    private static func packs(_ noise: [[Double]], _ dimension: Int, _ generator: ReferenceNetwork)
        -> [[Double]]
    {
        noise.map { generator.outputs($0.chunks(of: dimension)).flatMap { $0 } }
    }
}

/// A network's parameters and what its optimizer remembers, in double precision.
struct ReferencePlayer {
    let shape: NetworkShape
    var parameters: [Double]
    var mean: [Double]
    var square: [Double]
    var updates: Int

    init(_ shape: NetworkShape, _ state: TrainingState.Player) {
        self.shape = shape
        parameters = state.weights.map(Double.init)
        mean = state.mean.map(Double.init)
        square = state.square.map(Double.init)
        updates = state.updates
    }

    var network: ReferenceNetwork { ReferenceNetwork(shape, parameters) }

    func with(_ parameters: [Double]) -> ReferencePlayer {
        var copy = self
        copy.parameters = parameters
        return copy
    }

    mutating func descend(_ gradient: [Double], _ o: OptimizerSettings, _ step: Int) {
        updates += 1
        let rate =
            switch o.schedule {
            case .constant: o.learningRate
            case .cosine:
                o.learningRate
                    * (o.factor + (1 - o.factor) * (1 + cos(.pi * min(1, Double(step) / Double(o.period))))
                        / 2)
            case .stepwise: o.learningRate * pow(o.factor, Double(step / o.period))
            }
        let t = Double(updates)
        for (i, g) in gradient.enumerated() {
            switch o.kind {
            case .sgd: parameters[i] -= rate * g
            case .momentum:
                mean[i] = o.momentum * mean[i] + g
                parameters[i] -= rate * (o.nesterov ? g + o.momentum * mean[i] : mean[i])
            case .rmsprop:
                square[i] = o.rho * square[i] + (1 - o.rho) * g * g
                parameters[i] -= rate * g / (square[i].squareRoot() + o.epsilon)
            case .adam:
                mean[i] = o.beta1 * mean[i] + (1 - o.beta1) * g
                square[i] = o.beta2 * square[i] + (1 - o.beta2) * g * g
                let m̂ = mean[i] / (1 - pow(o.beta1, t))
                let v̂ = square[i] / (1 - pow(o.beta2, t))
                parameters[i] -= rate * m̂ / (v̂.squareRoot() + o.epsilon)
            }
        }
    }

    mutating func clip(_ bound: Double) {
        if bound > 0 { parameters = parameters.map { min(max($0, -bound), bound) } }
    }
}

// MARK: Helpers

/// (f(x + h) − f(x − h)) / 2h for every coordinate.
func centralDifferences(_ x: [Double], _ f: ([Double]) -> Double) -> [Double] {
    let h = 2e-6
    return x.indices.map { index in
        var (up, down) = (x, x)
        up[index] += h
        down[index] -= h
        return (f(up) - f(down)) / (2 * h)
    }
}

private func square(_ x: Double) -> Double { x * x }

private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

private func normalized(_ x: [Double]) -> [Double] {
    let length = dot(x, x).squareRoot()
    return x.map { $0 / length }
}

extension [Double] {
    fileprivate func mean(_ f: (Double) -> Double) -> Double { reduce(0) { $0 + f($1) } / Double(count) }

    fileprivate func chunks(of size: Int) -> [[Double]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<$0 + size]) }
    }
}

extension LossSettings {
    /// Whether D, for its loss and its penalties, is the probability.
    fileprivate var seesProbability: Bool { kind == .leastSquares && leastSquaresOnProbability }
}
