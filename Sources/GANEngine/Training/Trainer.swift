import CKernels

/// Runs steps with fixed settings. Owns all working memory; a step allocates nothing.
final class Trainer {
    let settings: Settings
    let networks: TrainedNetworks
    /// The step from which schedules count.
    let scheduleStart: Int
    let instructions: InstructionSet
    let kernels: KernelTable

    /// The generator at work: a minibatch of latent vectors for every member of a pack.
    let generatorPass: Pass
    /// The discriminator at work: a minibatch of real packs, one of fake packs, and one between the two.
    let discriminatorPass: Pass
    /// The discriminator's second derivatives, where something asks for them.
    let tangentPass: TangentPass?
    let spectral: SpectralNormalization?
    let unrolling: Unrolling?
    let loss: LossEvaluator
    /// Random numbers on their way into samples.
    let mixing: FloatBuffer

    let target: TargetSampler
    /// The networks' coordinates: of the target that the run began with; nil if they are the data's.
    let frame: Frame?
    let noise: NoiseSampler
    let streams: Streams

    /// Is told after every update, while all its numbers are still in place.
    var observer: ((_ player: Player, _ loss: Float, _ penalty: Float) -> Void)?

    init(
        _ settings: Settings, _ networks: TrainedNetworks, frame: Frame?, scheduleStart: Int,
        instructions: InstructionSet
    ) {
        self.settings = settings
        self.networks = networks
        self.scheduleStart = scheduleStart
        self.instructions = instructions
        kernels = instructions.kernels
        let shape = settings.discriminatorShape
        let needsSpectral = settings.discriminator.spectralNormalization
        spectral =
            needsSpectral
            ? SpectralNormalization(shape, weights: networks.discriminator.weights, left: networks.singular)
            : nil
        generatorPass = Pass(
            settings.generatorShape, parameters: networks.generator.weights,
            gradient: networks.generator.gradient, count: settings.packs,
            minibatches: settings.discriminator.packing, kernels: kernels)
        discriminatorPass = Pass(
            shape, parameters: spectral?.normalized ?? networks.discriminator.weights,
            gradient: networks.discriminator.gradient, count: settings.packs, minibatches: 3, kernels: kernels
        )
        tangentPass =
            settings.needsSecondDerivatives
            ? TangentPass(discriminatorPass, minibatches: 3, bends: settings.loss.seesProbability) : nil
        unrolling =
            settings.discriminator.unrolling > 0
            ? Unrolling(settings.discriminator.unrolling, parameters: shape.parameterCount) : nil
        loss = LossEvaluator(settings.loss, count: settings.packs, kernels: kernels)
        mixing = FloatBuffer(discriminatorPass.tiles * shape.inputs * tileWidth)
        target = TargetSampler(settings.target)
        self.frame = frame
        noise = NoiseSampler(settings.noise)
        streams = Streams(settings.seed)
    }

    /// Where the discriminator's pass keeps real packs, fake packs, and those between.
    var real: Range<Int> { 0..<tiles }
    var fake: Range<Int> { tiles..<2 * tiles }
    var between: Range<Int> { 2 * tiles..<3 * tiles }

    /// One step: algorithm 1 of Goodfellow et al. 2014. `only` restricts it to one player.
    func step(_ step: Int, only: Player? = nil) throws(Divergence) {
        if only != .generator {
            for update in 0..<settings.discriminator.updates { try updateDiscriminator(step, update) }
        }
        if only != .discriminator {
            for update in 0..<settings.generator.updates { try updateGenerator(step, update) }
        }
        if let spread = discriminatorPass.spread(ofMinibatchAt: fake.lowerBound) { networks.spread = spread }
    }

    /// Moves D so that it tells real samples from fake ones better. G stays as it is.
    private func updateDiscriminator(_ step: Int, _ update: Int) throws(Divergence) {
        drawReal(streams.real.key(step: step, update: update))
        drawFake(streams.discriminatorLatent.key(step: step, update: update))
        disturb(real, streams.instanceNoiseReal, step, update)
        disturb(fake, streams.instanceNoiseFake, step, update)

        spectral?.normalize(iterations: 1)
        discriminatorPass.forward(0..<fake.upperBound)
        networks.discriminator.loss = judge(.real, real) + judge(.fake, fake)
        discriminatorPass.backward(0..<fake.upperBound, toInput: false)
        let penalty = penalties(step, update)
        spectral?.pullBack(networks.discriminator.gradient)

        let isFinite = networks.discriminator.descend(
            settings.discriminator.optimizer, step: step - scheduleStart, kernels: kernels)
        clipWeights()
        observer?(.discriminator, networks.discriminator.loss, penalty)
        try check(isFinite, networks.discriminator.loss + penalty, .discriminator, step)
    }

    /// Moves G so that D takes its samples for real ones. The gradient comes back through D, which stays as
    /// it is.
    private func updateGenerator(_ step: Int, _ update: Int) throws(Divergence) {
        drawFake(streams.generatorLatent.key(step: step, update: update))
        disturb(fake, streams.instanceNoiseGenerator, step, update)

        spectral?.normalize(iterations: 1)
        if unrolling != nil {
            networks.generator.loss = judgeUnrolled(step, update)
        } else {
            discriminatorPass.forward(fake)
            networks.generator.loss = judge(.generator, fake)
            discriminatorPass.backward(fake, gradients: false, toInput: true)
        }
        backwardThroughGenerator()

        let isFinite = networks.generator.descend(
            settings.generator.optimizer, step: step - scheduleStart, kernels: kernels)
        averageWeights()
        observer?(.generator, networks.generator.loss, 0)
        try check(isFinite, networks.generator.loss, .generator, step)
    }

    // MARK: - Parts of an update

    /// x ~ p_data, in packs.
    func drawReal(_ key: RandomKey) {
        let input = discriminatorPass.input
        for member in 0..<packing {
            target.fill(
                input.row(member * Settings.dataDimension, tile: real.lowerBound), tiles: tiles,
                first: member * tiles, stride: Int(input.stride), key: key, with: instructions)
        }
        if let frame { bring(real, into: frame) }
    }

    /// From the data's coordinates to the networks'.
    private func bring(_ range: Range<Int>, into frame: Frame) {
        let factor = 1 / frame.scale
        for tile in range {
            for feature in 0..<packing * Settings.dataDimension {
                let row = discriminatorPass.input.row(feature, tile: tile)
                let middle = feature.isMultiple(of: 2) ? frame.centre.x : frame.centre.y
                for lane in stride(from: 0, to: tileWidth, by: 16) {
                    store((load(row + lane) - middle) * factor, row + lane)
                }
            }
        }
    }

    /// G(z), z ~ p_z, in packs.
    private func drawFake(_ key: RandomKey) {
        noise.fill(generatorPass.input.row(0, tile: 0), tiles: tiles * packing, key: key)
        generatorPass.forward(0..<tiles * packing)
        forEachMember(of: fake) { sample, member in
            discriminatorPass.input.row(member.feature, tile: member.tile)
                .update(from: generatorPass.output.row(0, tile: sample), count: Self.sampleSize)
        }
    }

    /// Instance noise (Sønderby et al. 2017): blurs what D sees, less and less.
    func disturb(_ range: Range<Int>, _ stream: RandomStream, _ step: Int, _ update: Int) {
        let deviation = Float(settings.penalty.instanceNoise(at: step - scheduleStart))
        guard deviation > 0 else { return }
        let features = packing * Settings.dataDimension
        stream.key(step: step, update: update)
            .fill(mixing.base, tiles: tiles, channels: features, .normal, with: instructions)
        for tile in 0..<tiles {
            for feature in 0..<features {
                let row = discriminatorPass.input.row(feature, tile: range.lowerBound + tile)
                for lane in stride(from: 0, to: tileWidth, by: 16) {
                    let noise = load(mixing.base + (tile * features + feature) * tileWidth + lane)
                    store(load(row + lane) + deviation * noise, row + lane)
                }
            }
        }
    }

    /// Evaluates one side's loss at D's logits and leaves its slopes where D's backward pass starts.
    func judge(
        _ side: LossSide, _ range: Range<Int>, curvatures: UnsafeMutablePointer<Float>? = nil
    ) -> Float {
        loss.evaluate(
            side, discriminatorPass.output.row(0, tile: range.lowerBound),
            slopes: discriminatorPass.outputDelta.row(0, tile: range.lowerBound), curvatures: curvatures)
    }

    /// Everything that is added to D's loss.
    private func penalties(_ step: Int, _ update: Int) -> Float {
        let asked = settings.penalty
        var sum: Float = 0
        if asked.r1 > 0 { sum += penalize(.squaredNorm(weight: Float(asked.r1)), real) }
        if asked.r2 > 0 { sum += penalize(.squaredNorm(weight: Float(asked.r2)), fake) }
        if asked.gradient > 0 {
            interpolate(streams.penalty.key(step: step, update: update))
            discriminatorPass.forward(between)
            sum += penalize(
                .norm(weight: Float(asked.gradient), target: Float(asked.gradientTarget)), between)
        }
        return sum
    }

    /// From the gradient at D's input to that of G's weights.
    private func backwardThroughGenerator() {
        let delta = generatorPass.outputDelta
        let last = generatorPass.layers[generatorPass.layers.count - 1]
        forEachMember(of: fake) { sample, member in
            delta.row(0, tile: sample).update(
                from: discriminatorPass.inputDelta.row(member.feature, tile: member.tile),
                count: Self.sampleSize)
        }
        let all = 0..<tiles * packing
        kernels.pointee.scale(last.output, delta, delta, last.weights.rows, Int64(all.count))
        generatorPass.backward(all, toInput: false)
    }

    func clipWeights() {
        guard settings.penalty.weightClip > 0 else { return }
        let weights = networks.discriminator.weights
        kernels.pointee.clip(Float(settings.penalty.weightClip), weights.base, Int64(weights.paddedCount))
    }

    /// The moving average of G's weights (Yazıcı et al. 2019).
    private func averageWeights() {
        let (average, weights) = (networks.average, networks.generator.weights)
        let decay = settings.generator.average
        guard decay > 0 else { return }
        kernels.pointee.average(Float(1 - decay), average.base, weights.base, Int64(average.paddedCount))
    }

    private func check(_ isFinite: Bool, _ loss: Float, _ player: Player, _ step: Int) throws(Divergence) {
        if isFinite, loss.isFinite { return }
        let gradient = player == .generator ? networks.generator.gradient : networks.discriminator.gradient
        let numbers = UnsafeBufferPointer(start: gradient.base, count: gradient.count)
        let cause: Divergence.Cause =
            !loss.isFinite ? .loss : !numbers.allSatisfy(\.isFinite) ? .gradient : .weights
        throw Divergence(step: step, player: player, cause: cause)
    }

    // MARK: - Packs

    var packing: Int { settings.discriminator.packing }
    /// Tiles of one minibatch.
    var tiles: Int { discriminatorPass.tiles }
    /// Floats of 32 samples.
    private static let sampleSize = Settings.dataDimension * tileWidth

    /// Every tile of samples, by its place among the generator's outputs and by its place in a minibatch of
    /// packs: sample i of the generator's minibatch m is member m of pack i.
    @inline(__always)
    private func forEachMember(
        of range: Range<Int>, _ body: (_ sample: Int, _ member: (tile: Int, feature: Int)) -> Void
    ) {
        for member in 0..<packing {
            for tile in 0..<tiles {
                body(member * tiles + tile, (range.lowerBound + tile, member * Settings.dataDimension))
            }
        }
    }
}

extension Settings {
    /// What the discriminator judges in one minibatch: packs of samples.
    var packs: Int { batch / discriminator.packing }

    fileprivate var needsSecondDerivatives: Bool {
        penalty.r1 > 0 || penalty.r2 > 0 || penalty.gradient > 0 || discriminator.unrolling > 0
    }
}

extension PenaltySettings {
    /// The standard deviation of instance noise during step `step`, from 0.
    public func instanceNoise(at step: Int) -> Double {
        guard instanceNoiseSteps > 0 else { return instanceNoise }
        return instanceNoise * max(0, 1 - Double(step) / Double(instanceNoiseSteps))
    }
}
