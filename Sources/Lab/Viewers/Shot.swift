import Foundation
import GANEngine

/// One look at both networks: computes what the wanted parts of a picture have in common, once.
struct Shot {
    private let snapshot: Snapshot
    private let scene: Scene
    private let watch: Watch
    private let latent: Batch
    private let fakes: [Point]

    init(_ snapshot: Snapshot, _ scene: Scene, _ watch: Watch) {
        self.snapshot = snapshot
        self.scene = scene
        self.watch = watch
        latent = scene.latent(watch.fakes)
        fakes = snapshot.generator.outputs(latent).points
    }

    /// The wanted sections but for metrics and charts, in the order of their numbers.
    var sections: [FrameSection] {
        var sections: [FrameSection] = []
        let reals = scene.reals(watch.reals)
        let pull = wants(.gradients) || wants(.losses) ? snapshot.pull(at: fakes) : nil
        if wants(.real) { sections.append(.real(reals)) }
        if wants(.fake) { sections.append(.fake(fakes)) }
        if wants(.gradients), let pull { sections.append(.gradients(pull.gradients)) }
        if wants(.heatmap) {
            let values = snapshot.judge(scene.cells(watch.grid)).map(probability)
            sections.append(.heatmap(side: watch.grid, values))
        }
        if wants(.manifold) {
            let (nodes, rows) = scene.noiseGrid(columns: watch.manifold)
            let points = snapshot.generator.outputs(nodes).points
            sections.append(.manifold(columns: watch.manifold, rows: rows, points))
        }
        guard wants(.scores) || wants(.losses) || wants(.latent) || wants(.pulls) else { return sections }
        let realScores = snapshot.judge(reals).map(probability)
        let fakeScores = snapshot.judge(fakes).map(probability)
        if wants(.scores) { sections.append(.scores(fake: fakeScores, real: realScores)) }
        if wants(.losses), let pull {
            sections.append(.losses(losses(realScores, fakeScores, gradients: pull.gradients)))
        }
        if wants(.latent) { sections.append(.latent(latent.firstTwo)) }
        if wants(.pulls) { sections.append(pulls) }
        return sections
    }

    private func wants(_ layer: Watch.Layer) -> Bool { watch.layers.contains(layer) }

    private func losses(
        _ real: [Float], _ fake: [Float], gradients: [Point]
    ) -> FrameSection.Losses {
        let norms = gradients.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.sorted()
        return FrameSection.Losses(
            discriminator: snapshot.losses.discriminator, generator: snapshot.losses.generator,
            medianGradientNorm: norms[norms.count / 2],
            accuracyOnReal: Float(real.count { $0 > 0.5 }) / Float(real.count),
            accuracyOnFake: Float(fake.count { $0 < 0.5 }) / Float(fake.count))
    }

    /// The discriminator's own slope at the fakes, from which the page draws what any loss would make of it.
    private var pulls: FrameSection {
        var loss = Settings().loss
        loss.kind = .wasserstein
        let (logits, gradients) = snapshot.pull(at: fakes, under: loss)
        // Wasserstein's generator loss is −D.
        return .pulls(gradients.map { Point(-$0.x, -$0.y) }, logits: logits)
    }

    private func probability(_ logit: Float) -> Float { 1 / (1 + exp(-logit)) }
}

extension Snapshot {
    /// D's raw score of each point.
    fileprivate func judge(_ points: [Point]) -> [Float] {
        discriminator.outputs(packed(points)).column(0)
    }

    /// D's score of each fake, and the gradient of G's loss by its position.
    fileprivate func pull(
        at fakes: [Point], under loss: LossSettings? = nil
    ) -> (logits: [Float], gradients: [Point]) {
        let (logits, gradients) = discriminator.generatorLoss(loss ?? settings.loss, at: packed(fakes))
        let sums = (0..<fakes.count).map { index in
            stride(from: 0, to: gradients.features, by: 2).reduce(into: Point(0, 0)) { sum, feature in
                sum.x += gradients[index, feature]
                sum.y += gradients[index, feature + 1]
            }
        }
        return (logits.column(0), sums)
    }

    /// A discriminator that judges several samples together is shown the same one several times.
    private func packed(_ points: [Point]) -> Batch {
        let packing = settings.discriminator.packing
        guard packing > 1 else { return Batch(points) }
        var batch = Batch(features: 2 * packing, count: points.count)
        for (index, point) in points.enumerated() {
            for copy in 0..<packing {
                batch[index, 2 * copy] = point.x
                batch[index, 2 * copy + 1] = point.y
            }
        }
        return batch
    }
}

extension Batch {
    /// The first two features; noise of one coordinate lies on the x-axis.
    fileprivate var firstTwo: [Point] {
        (0..<count).map { Point(self[$0, 0], features > 1 ? self[$0, 1] : 0) }
    }
}
