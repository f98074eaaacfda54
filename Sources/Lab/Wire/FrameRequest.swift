import GANEngine

/// What a viewer wants to see in its frames, and how finely.
package struct FrameRequest: Hashable, Sendable {
    /// A part of the picture that can be asked for by name.
    package enum Layer: String, CaseIterable, Hashable, Sendable, Codable {
        case real, fake, gradients, heatmap, manifold, scores, losses, metrics, latent, history, optimum,
            pulls, units, stages
    }

    package static let gridBounds = 8...200
    package static let manifoldBounds = 2...60
    package static let sampleBounds = 1...2000
    package static let rateBounds = 1...60
    package static let mostSilenced = 64

    package var layers: Set<Layer> = []
    /// Points a side of the heatmap.
    package var grid = 30
    /// Cells a side of the manifold.
    package var manifold = 20
    /// Fake samples shown.
    package var fakes = 150
    /// Real samples shown.
    package var reals = 450
    /// Hidden units that this viewer sees the networks without.
    package var silenced: Set<HiddenUnit> = []

    /// Whether sections that stay the same over many steps are left out of a frame if this client was sent them before.
    package var changes = false

    package init() {}
}

extension FrameRequest: Decodable {
    private enum Key: String, CodingKey {
        case layers, grid, manifold, fakes, reals, metrics, ablate, changes
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        layers = Set(try container.decode([Layer].self, forKey: .layers))
        if try container.decodeIfPresent(Bool.self, forKey: .metrics) == true { layers.insert(.metrics) }
        grid = try container.decode(forKey: .grid, in: Self.gridBounds, default: grid)
        manifold = try container.decode(forKey: .manifold, in: Self.manifoldBounds, default: manifold)
        fakes = try container.decode(forKey: .fakes, in: Self.sampleBounds, default: fakes)
        reals = try container.decode(forKey: .reals, in: Self.sampleBounds, default: reals)
        changes = try container.decodeIfPresent(Bool.self, forKey: .changes) ?? false
        silenced = Set(try container.decodeIfPresent([HiddenUnit].self, forKey: .ablate) ?? [])
        guard silenced.count <= Self.mostSilenced else {
            throw CommandError(
                .outOfRange, path: "ablate", "At most \(Self.mostSilenced) units can be silenced at once.")
        }
    }
}

extension HiddenUnit: Decodable {
    private enum Key: String, CodingKey {
        case network, layer, unit
    }

    /// `{"network": "generator", "layer": 0, "unit": 3}`. Units that no network has are the networks' business.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let name = try container.decode(String.self, forKey: .network)
        guard let network = Player(rawValue: name) else {
            throw CommandError(.wrongType, path: "network", "network is “generator” or “discriminator”.")
        }
        self.init(
            network: network, layer: try container.decode(Int.self, forKey: .layer),
            unit: try container.decode(Int.self, forKey: .unit))
    }
}
