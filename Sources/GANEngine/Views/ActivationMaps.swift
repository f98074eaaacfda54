/// What each unit of a network answers over a plane: TensorFlow Playground's small pictures, for both networks.
public struct ActivationMaps: Sendable {
    /// One layer, hidden or output.
    public struct Layer: Sendable {
        /// Neurons in it, also those that have no map.
        public let width: Int
        /// One map a unit, first to last: columns × rows activations, lowest row first.
        public let units: [[Float]]
    }

    public let columns: Int
    public let rows: Int
    /// First hidden layer to output.
    public let layers: [Layer]

    private init(_ network: Network, _ inputs: Batch, columns: Int, rows: Int, limit: Int) {
        self.columns = columns
        self.rows = rows
        layers = network.activations(inputs).map { answers in
            Layer(width: answers.features, units: (0..<min(limit, answers.features)).map(answers.column))
        }
    }
}

extension ActivationMaps {
    /// The generator's units over a grid of noise.
    ///
    /// - Parameter limit: maps in a layer at most.
    public init(generatorOf snapshot: Snapshot, over grid: NoiseGrid, limit: Int) {
        self.init(snapshot.generator, grid.inputs, columns: grid.columns, rows: grid.rows, limit: limit)
    }

    /// The discriminator's units over a square of the plane. One that judges packs is shown packs of equal samples.
    ///
    /// - Parameters:
    ///   - side: points a side, at the centres of as many cells.
    ///   - half: half the side of the square.
    ///   - limit: maps in a layer at most.
    public init(
        discriminatorOf snapshot: Snapshot, centre: Point, half: Float, side: Int, limit: Int
    ) {
        let network = snapshot.discriminator
        var inputs = Batch(features: network.shape.inputs, count: side * side)
        for sample in 0..<inputs.count {
            let x = centre.x + half * (Float(2 * (sample % side) + 1) / Float(side) - 1)
            let y = centre.y + half * (Float(2 * (sample / side) + 1) / Float(side) - 1)
            for feature in 0..<inputs.features { inputs[sample, feature] = feature % 2 == 0 ? x : y }
        }
        self.init(network, inputs, columns: side, rows: side, limit: limit)
    }
}
