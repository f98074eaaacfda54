/// A hidden neuron of one of the two networks.
public struct HiddenUnit: Hashable, Sendable {
    /// Whose it is.
    public var network: Player
    /// Its hidden layer, from 0.
    public var layer: Int
    /// Its place in the layer, from 0.
    public var unit: Int

    /// Neuron `unit` of hidden layer `layer`; whether a network has it is not asked here.
    public init(network: Player, layer: Int, unit: Int) {
        self.network = network
        self.layer = layer
        self.unit = unit
    }
}

extension Snapshot {
    /// The same moment with some hidden units silenced, to see what they were for. Units that these networks do not
    /// have are passed over: the wish may be older than the networks.
    public func silencing(_ units: some Sequence<HiddenUnit>) -> Snapshot {
        var (generator, discriminator) = (generator, discriminator)
        for unit in units {
            switch unit.network {
            case .generator: generator.silence(unit)
            case .discriminator: discriminator.silence(unit)
            }
        }
        return Snapshot(
            step: step, settings: settings, generator: generator, discriminator: discriminator,
            losses: losses,
            lengths: lengths)
    }
}

extension Network {
    fileprivate mutating func silence(_ unit: HiddenUnit) {
        let hidden = shape.layers.dropLast()
        guard hidden.indices.contains(unit.layer), (0..<hidden[unit.layer].outputs).contains(unit.unit) else {
            return
        }
        self = ablating(layer: unit.layer, unit: unit.unit)
    }
}
