/// Everything that training changes, as a value.
public struct TrainingState: Hashable, Sendable {
    /// One network's part of it.
    public struct Player: Hashable, Sendable {
        /// Weights and biases.
        public var weights: [Float]
        /// Momentum's velocity, Adam's mean of the gradient.
        public var mean: [Float]
        /// RMSProp's and Adam's mean of the squared gradient.
        public var square: [Float]
        /// Updates so far.
        public var updates: Int
        /// Loss of the last update, without penalties; 0 before the first.
        public var loss: Float
    }

    /// The generator's part.
    public var generator: Player
    /// The discriminator's part.
    public var discriminator: Player
    /// The moving average of the generator's weights.
    public var average: [Float]
    /// The left singular vectors that spectral normalisation follows.
    public var singular: [Float]
    /// The standard deviation of the last minibatch of fake samples, if the discriminator asks for it.
    public var spread: Float
}

extension TrainedNetwork {
    var state: TrainingState.Player {
        TrainingState.Player(
            weights: weights.values, mean: mean.values, square: square.values, updates: updates,
            loss: loss)
    }

    fileprivate func load(_ state: TrainingState.Player) {
        weights.load(state.weights)
        mean.load(state.mean)
        square.load(state.square)
        updates = state.updates
        loss = state.loss
    }

    fileprivate func fits(_ state: TrainingState.Player) -> Bool {
        [state.weights, state.mean, state.square].allSatisfy { $0.count == weights.count }
            && Bounds.counter.contains(state.updates)
    }
}

extension TrainedNetworks {
    /// The losses of the last update of each, without penalties; NaN where its optimizer has made none.
    var losses: (discriminator: Float, generator: Float) {
        let last = { (network: TrainedNetwork) in network.updates > 0 ? network.loss : .nan }
        return (last(discriminator), last(generator))
    }

    var state: TrainingState {
        TrainingState(
            generator: generator.state, discriminator: discriminator.state, average: average.values,
            singular: singular.values, spread: spread)
    }

    /// Goes back to a state. Refuses one of networks of another size.
    func load(_ state: TrainingState) throws(RecipeError) {
        guard generator.fits(state.generator), discriminator.fits(state.discriminator),
            state.average.count == average.count, state.singular.count == singular.count
        else {
            throw RecipeError(
                .contradiction, at: "checkpoint",
                "the checkpoint belongs to networks of another size than this recipe's, or counts too many updates"
            )
        }
        generator.load(state.generator)
        discriminator.load(state.discriminator)
        average.load(state.average)
        singular.load(state.singular)
        spread = state.spread
    }
}
