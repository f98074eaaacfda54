import Foundation
import GANEngine
import Testing

/// Networks without hidden layers, so that everything seen can be worked out on paper:
/// G(z) = (2 z₁ + z₂ + 0.5, z₁ − 3 z₂ − 0.25) and D(x) = 0.8 x − 0.6 y + 0.1.
@Suite("Views of a snapshot")
struct ViewTests {
    private static let generator: [Float] = [2, 1, 1, -3, 0.5, -0.25]
    private static let discriminator: [Float] = [0.8, -0.6, 0.1]

    private func snapshot(_ change: (inout Settings) -> Void = { _ in }) -> Snapshot {
        var settings = Settings()
        settings.generator.hidden = []
        settings.generator.output = .linear
        settings.discriminator.hidden = []
        settings.noise = Settings().noise
        settings.noise.distribution = .uniform
        change(&settings)
        var generator = Self.generator
        if settings.noise.dimension == 1 { generator = [2, 1, 0.5, -0.25] }
        var discriminator = Self.discriminator
        if settings.discriminator.packing == 2 { discriminator = [0.8, -0.6, 0.4, 0.2, 0.1] }
        return Snapshot(
            settings: settings, generator: Network(shape: settings.generatorShape, parameters: generator),
            discriminator: Network(shape: settings.discriminatorShape, parameters: discriminator))
    }

    @Test("show the same fakes whatever their number, made from the noise that is shown")
    func fakes() {
        let snapshot = snapshot()
        let fakes = snapshot.fakes(450)
        #expect(snapshot.fakes(10) == Array(fakes.prefix(10)))
        let latent = snapshot.latent(450)
        for (index, fake) in fakes.enumerated() {
            let (a, b) = (latent[index, 0], latent[index, 1])
            #expect(abs(fake.x - (2 * a + b + 0.5)) < 1e-5)
            #expect(abs(fake.y - (a - 3 * b - 0.25)) < 1e-5)
        }
    }

    @Test("show the discriminator's map from the lower left, row by row")
    func map() {
        let view = View(centre: Point(1, 2), halfExtent: 2)
        #expect(view.cells(2) == [Point(0, 1), Point(2, 1), Point(0, 3), Point(2, 3)])
        let logits = snapshot().discriminatorMap(2, in: view)
        for (logit, expected) in zip(logits, [-0.5, 1.1, -1.7, -0.1]) {
            #expect(abs(Double(logit) - expected) < 1e-6)
        }
        let probabilities = snapshot().probabilities(at: view.cells(2))
        for (probability, logit) in zip(probabilities, logits) {
            #expect(abs(Double(probability) - 1 / (1 + exp(-Double(logit)))) < 1e-6)
        }
    }

    /// dL_G/do of each loss, from the papers' formulas, at a logit o.
    private static let slopes: [(LossKind, @Sendable (Double) -> Double)] = [
        (.minimax, { -1 / (1 + exp(-$0)) }),
        (.nonSaturating, { -1 / (1 + exp($0)) }),
        (.leastSquares, { $0 - 1 }),
        (.hinge, { _ in -1 }),
        (.wasserstein, { _ in -1 }),
    ]

    @Test("show each fake the gradient of the generator's loss, under any loss", arguments: LossKind.allCases)
    func gradients(kind: LossKind) throws {
        let slope = try #require(Self.slopes.first { $0.0 == kind }).1
        var loss = Settings().loss
        loss.kind = kind
        let points = [Point(0.3, -2), Point(0, 0), Point(-4, 5)]
        let (logits, gradients) = snapshot().generatorGradients(at: points, under: loss)
        let chosen = snapshot { $0.loss.kind = kind }.generatorGradients(at: points).gradients
        for index in points.indices {
            let o = 0.8 * Double(points[index].x) - 0.6 * Double(points[index].y) + 0.1
            #expect(abs(Double(logits[index]) - o) < 1e-5)
            #expect(abs(Double(gradients[index].x) - 0.8 * slope(o)) < 1e-5)
            #expect(abs(Double(gradients[index].y) + 0.6 * slope(o)) < 1e-5)
            #expect(chosen[index] == gradients[index])
        }
    }

    @Test("show a discriminator of packs the same point several times, and add up what it says of each")
    func packing() {
        let packed = snapshot { $0.discriminator.packing = 2 }
        let points = [Point(1, 2), Point(-1, 0.5)]
        let (logits, gradients) = packed.generatorGradients(at: points, under: nil)
        for index in points.indices {
            let o = 1.2 * Double(points[index].x) - 0.4 * Double(points[index].y) + 0.1
            let slope = -1 / (1 + exp(o))
            #expect(abs(Double(logits[index]) - o) < 1e-5)
            #expect(abs(Double(gradients[index].x) - 1.2 * slope) < 1e-5)
            #expect(abs(Double(gradients[index].y) + 0.4 * slope) < 1e-5)
        }
        #expect(packed.logits(at: points) == logits)
    }

    @Test("show the manifold's nodes in order, and the areas that the Jacobian predicts")
    func manifold() {
        let manifold = snapshot().manifold(4)
        #expect(manifold.columns == 4 && manifold.rows == 4)
        #expect(manifold.nodes.count == 25 && manifold.cells.count == 16)
        #expect(manifold.nodes[0] == Point(0.5, -0.25))
        #expect(manifold.nodes[4] == Point(2.5, 0.75))
        #expect(manifold.nodes[20] == Point(1.5, -3.25))
        // det [2 1; 1 −3] = −7: turned over, and seven times the cell.
        for cell in manifold.cells {
            #expect(abs(cell.signedArea + 7 / 16) < 1e-5)
            #expect(abs(cell.mass - 1 / 16) < 1e-6)
            #expect(abs(cell.density - 1 / 7) < 1e-5)
        }
    }

    @Test(
        "weigh the manifold's cells by the noise that falls into them", arguments: NoiseDistribution.allCases)
    func masses(distribution: NoiseDistribution) {
        let snapshot = snapshot { $0.noise.distribution = distribution }
        let columns = 10
        let cells = snapshot.manifold(columns).cells
        #expect(abs(cells.reduce(0) { $0 + $1.mass } - 1) < 1e-5)
        let interval = distribution.interval
        let width = interval.upperBound - interval.lowerBound
        let latent = snapshot.latent(50_000)
        var counts = [Float](repeating: 0, count: columns * columns)
        for index in 0..<latent.count {
            let column = Int(
                ((latent[index, 0] - interval.lowerBound) / width * Float(columns)).rounded(.down))
            let row = Int(((latent[index, 1] - interval.lowerBound) / width * Float(columns)).rounded(.down))
            if (0..<columns).contains(column), (0..<columns).contains(row) {
                counts[row * columns + column] += 1
            }
        }
        let inside = counts.reduce(0, +)
        for (count, cell) in zip(counts, cells) { #expect(abs(count / inside - cell.mass) < 0.004) }
    }

    @Test("show noise of one coordinate as a curve")
    func curve() {
        let manifold = snapshot { $0.noise.dimension = 1 }.manifold(20)
        #expect(manifold.rows == 0 && manifold.cells.isEmpty)
        #expect(manifold.nodes.count == 21)
        #expect(manifold.nodes[20] == Point(2.5, 0.75))
    }

    @Test("keep latent coordinates beyond the second in the middle")
    func slice() {
        var settings = Settings().noise
        settings.dimension = 5
        settings.distribution = .truncated
        let grid = NoiseSampler(settings).grid(3)
        #expect(grid.count == 16 && grid.features == 5)
        for node in 0..<16 {
            #expect((2..<5).allSatisfy { grid[node, $0] == 0.5 })
            #expect(
                grid[node, 0] == Float(node % 4) * (1 / Float(3))
                    && grid[node, 1] == Float(node / 4) * (1 / Float(3)))
        }
    }
}
