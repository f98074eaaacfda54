/// What each unit of a network answers over a plane: TensorFlow Playground's small pictures, for both networks.
public struct ActivationMaps: Sendable {
    /// One layer, hidden or output.
    public struct Layer: Sendable {
        /// Neurons in it, also those that have no map.
        public let width: Int
        /// One map a unit, first to last: columns × rows activations, lowest row first.
        public let units: [[Float]]
    }

    /// Cells of a map across.
    public let columns: Int
    /// Cells of a map upwards.
    public let rows: Int
    /// First hidden layer to output.
    public let layers: [Layer]

    fileprivate init(_ network: Network, _ inputs: Batch, columns: Int, limit: Int) {
        self.columns = columns
        rows = inputs.count / columns
        layers = network.activations(inputs).map { answers in
            Layer(width: answers.features, units: (0..<min(limit, answers.features)).map(answers.column))
        }
    }
}

extension Snapshot {
    /// The generator's units over a grid of `side` latent vectors a side, the same as a manifold's nodes; a row of them
    /// where noise has only one coordinate.
    ///
    /// - Parameter limit: maps in a layer at most.
    public func generatorMaps(_ side: Int, limit: Int) -> ActivationMaps {
        let grid = NoiseSampler(settings.noise).grid(side - 1)
        return ActivationMaps(generator, grid, columns: side, limit: limit)
    }

    /// The discriminator's units at the middle of each of `side` × `side` cells of a view.
    ///
    /// - Parameter limit: maps in a layer at most.
    public func discriminatorMaps(_ side: Int, in view: View, limit: Int) -> ActivationMaps {
        ActivationMaps(discriminator, packed(view.cells(side)), columns: side, limit: limit)
    }
}
