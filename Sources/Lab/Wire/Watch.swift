/// What a viewer wants to see in its frames, and how finely.
package struct Watch: Hashable, Sendable {
    /// A part of the picture that can be asked for by name.
    package enum Layer: String, CaseIterable, Hashable, Sendable, Codable {
        case real, fake, gradients, heatmap, manifold, scores, losses, metrics, latent, history, optimum,
            pulls
    }

    package static let gridBounds = 8...200
    package static let manifoldBounds = 2...60
    package static let sampleBounds = 1...2000
    package static let rateBounds = 1...60

    package var layers: Set<Layer> = []
    /// Points a side of the heatmap.
    package var grid = 30
    /// Cells a side of the manifold.
    package var manifold = 20
    /// Fake samples shown.
    package var fakes = 150
    /// Real samples shown.
    package var reals = 450

    package init() {}
}

extension Watch: Decodable {
    private enum Key: String, CodingKey {
        case layers, grid, manifold, fakes, reals, metrics
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        layers = Set(try container.decode([Layer].self, forKey: .layers))
        if try container.decodeIfPresent(Bool.self, forKey: .metrics) == true { layers.insert(.metrics) }
        grid = try container.decode(forKey: .grid, in: Self.gridBounds, default: grid)
        manifold = try container.decode(forKey: .manifold, in: Self.manifoldBounds, default: manifold)
        fakes = try container.decode(forKey: .fakes, in: Self.sampleBounds, default: fakes)
        reals = try container.decode(forKey: .reals, in: Self.sampleBounds, default: reals)
    }
}
