extension Settings {
    /// What one step takes, as the number of floating-point operations that matrix products do in the same time.
    ///
    /// An estimate, from times measured on one core with AVX2, which does 60 · 10⁹ operations a second: random settings
    /// whose steps take a tenth of a second and more took half to one and a half times as long.
    package var stepCost: Double {
        let generatorLayers = [noise.dimension] + generator.hidden + [Self.dataDimension]
        let discriminatorLayers = [Self.dataDimension * discriminator.packing] + discriminator.hidden + [1]
        let tiles = tileCount(packs)
        let generatorPass = Self.passCost(generatorLayers, samples: tiles * discriminator.packing * tileWidth)
        let discriminatorPass = Self.passCost(discriminatorLayers, samples: tiles * tileWidth)
        let discriminatorWeights = Double(Self.weights(discriminatorLayers))

        let penalties = [penalty.r1, penalty.r2, penalty.gradient].count { $0 > 0 }
        // Backward costs two forwards, a penalty's double backward about two more rounds.
        var discriminatorUpdate =
            generatorPass + discriminatorPass * Double(2 * 3 + penalties * 6)
            + discriminatorWeights * Self.descent
        var generatorUpdate =
            3 * generatorPass + 3 * discriminatorPass
            + Double(Self.weights(generatorLayers)) * Self.descent
        if discriminator.spectralNormalization {
            discriminatorUpdate += discriminatorWeights * Self.normalization
            generatorUpdate += discriminatorWeights * Self.normalization
        }
        // An update ahead costs six passes, and the way back through it about fourteen.
        let updateAhead = 20 * discriminatorPass + discriminatorWeights * Self.unrolledDescent
        generatorUpdate += updateAhead * Double(discriminator.unrolling)
        return discriminatorUpdate * Double(discriminator.updates)
            + generatorUpdate * Double(generator.updates)
    }

    /// A minibatch's way through a network. Reading the weights takes as long as computing with them for 16 samples.
    private static func passCost(_ layers: [Int], samples: Int) -> Double {
        let neurons = layers.reduce(0, +)
        return Double(2 * weights(layers) * (samples + 16) + 60 * neurons * samples)
    }

    private static func weights(_ layers: [Int]) -> Int {
        zip(layers, layers.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Of one weight: an optimizer's update, the same with the way back through it, and spectral normalisation.
    private static let descent = 150.0
    private static let unrolledDescent = 1_500.0
    private static let normalization = 300.0
}
