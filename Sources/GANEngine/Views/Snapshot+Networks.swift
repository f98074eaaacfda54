extension Snapshot {
    /// Two networks to look at that no experiment trained.
    public init(settings: Settings, generator: Network, discriminator: Network) {
        self.init(
            step: 0, settings: settings, generator: generator, discriminator: discriminator,
            losses: (discriminator: 0, generator: 0),
            lengths: (discriminator: WeightLengths(discriminator), generator: WeightLengths(generator)))
    }
}

extension WeightLengths {
    /// Of a network that nobody trained.
    fileprivate init(_ network: Network) {
        self.init(weights: FloatBuffer(network.parameters).length, lastStep: .nan)
    }
}
