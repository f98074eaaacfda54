/// One step in a few numbers, for somebody who watches it in slow motion.
public struct StepExplanation: Sendable {
    /// One update of one network.
    public struct Update: Sendable {
        /// The network that was updated.
        public let player: Player
        /// The loss without penalties.
        public let loss: Float
        /// The penalties added to it.
        public let penalty: Float
        /// What D said of the minibatch's real packs; nil in an update of G.
        public let real: DiscriminatorOutput?
        /// What D said of its fake packs.
        public let fake: DiscriminatorOutput
        /// Length of the gradient that the optimizer followed, over all weights and biases.
        public let gradientNorm: Float
        /// How far the weights and biases moved.
        public let updateNorm: Float
    }

    /// D's opinion of one side of a minibatch.
    public struct DiscriminatorOutput: Sendable {
        /// Mean of the logits, or of the critic's values.
        public let output: Float
        /// Mean of their σ.
        public let score: Float
    }

    /// The step, from 0.
    public let step: Int
    /// D's updates, then G's.
    public internal(set) var updates: [Update] = []
    /// The moment between the two turns: D has learned, G has not.
    public internal(set) var between: Snapshot

    init(step: Int, between: Snapshot) {
        self.step = step
        self.between = between
    }
}

extension StepExplanation.Update {
    /// Reads what the trainer has in place right after an update of `player`.
    ///
    /// - Parameter weights: the player's before the update; those after it when this returns.
    init(_ trainer: Trainer, _ player: Player, _ loss: Float, _ penalty: Float, from weights: inout [Float]) {
        let network = player == .generator ? trainer.networks.generator : trainer.networks.discriminator
        let moved = network.weights.values
        self.player = player
        self.loss = loss
        self.penalty = penalty
        real = player == .discriminator ? StepExplanation.DiscriminatorOutput(trainer, trainer.real) : nil
        fake = StepExplanation.DiscriminatorOutput(trainer, trainer.fake)
        gradientNorm = length(network.gradient.values)
        updateNorm = length(zip(moved, weights).map { $0 - $1 })
        weights = moved
    }
}

extension StepExplanation.DiscriminatorOutput {
    /// What the discriminator's last pass said of these tiles.
    fileprivate init(_ trainer: Trainer, _ range: Range<Int>) {
        let start = trainer.discriminatorPass.output.row(0, tile: range.lowerBound)
        let logits = Array(UnsafeBufferPointer(start: start, count: trainer.settings.packs))
        output = logits.reduce(0, +) / Float(logits.count)
        score = sigmoid(logits).reduce(0, +) / Float(logits.count)
    }
}

private func length(_ vector: [Float]) -> Float {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
}
