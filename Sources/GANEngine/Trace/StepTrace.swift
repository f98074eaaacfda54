import CKernels

/// One step, written down in full: what both networks were, every sample that they saw, and what they became; all of it
/// in the networks' coordinates.
///
/// Enough to follow the step with pencil and paper; ``json`` is the same as text.
public struct StepTrace: Sendable {
    /// One update of one network.
    public struct Update: Sendable {
        /// Latent vectors z; those of a pack side by side.
        public var noise: [[Float]]
        /// Real packs as D saw them, instance noise included; in an update of G those that an unrolled D saw.
        public var real: [[Float]]
        /// Fake packs as D saw them, instance noise included.
        public var fake: [[Float]]
        /// ε of the gradient penalty, one a pack.
        public var mixing: [[Float]]
        /// The loss without penalties.
        public var loss: Float
        /// The penalties added to it.
        public var penalty: Float
        /// The gradient that the optimizer followed.
        public var gradient: [Float]
        /// ∂L_G/∂x at every fake pack; empty in an update of D.
        public var sampleGradients: [[Float]]
    }

    /// The step, from 0.
    public let step: Int
    /// Steps since schedules began: with the run, or with the last stroke that was drawn on its target.
    public let scheduleStep: Int
    /// The networks' coordinates; nil if they are the data's.
    let frame: Frame?
    /// The settings in effect.
    public let settings: Settings
    /// The state at its start.
    public let before: TrainingState
    /// D's updates.
    public internal(set) var discriminator: [Update] = []
    /// G's updates.
    public internal(set) var generator: [Update] = []
    /// The state at its end.
    public internal(set) var after: TrainingState
}

extension StepTrace.Update {
    /// What the trainer has in its panels right after an update of `player`.
    init(_ trainer: Trainer, _ player: Player, loss: Float, penalty: Float) {
        let count = trainer.settings.packs
        let pass = trainer.discriminatorPass
        let latent = trainer.generatorPass.input.rows(
            trainer.settings.noise.dimension, count: trainer.tiles * trainer.packing * tileWidth)
        noise = (0..<count).map { pack in
            (0..<trainer.packing).flatMap { latent[$0 * trainer.tiles * tileWidth + pack] }
        }
        let seesReal = player == .discriminator || trainer.unrolling != nil
        real = seesReal ? pass.input.rows(pass.shape.inputs, count: count) : []
        fake = pass.input.from(trainer.fake.lowerBound).rows(pass.shape.inputs, count: count)
        let mixes = player == .discriminator && trainer.settings.penalty.gradient > 0
        mixing = mixes ? Panel(trainer.mixing, features: 1).rows(1, count: count) : []
        self.loss = loss
        self.penalty = penalty
        let network = player == .generator ? trainer.networks.generator : trainer.networks.discriminator
        gradient = network.gradient.values
        sampleGradients =
            player == .generator
            ? pass.inputDelta.from(trainer.fake.lowerBound).rows(pass.shape.inputs, count: count) : []
    }
}

extension Panel {
    /// The first `count` samples' first `features` numbers.
    fileprivate func rows(_ features: Int, count: Int) -> [[Float]] {
        (0..<count).map { sample in
            (0..<features).map { row($0, tile: sample / tileWidth)[sample % tileWidth] }
        }
    }
}
