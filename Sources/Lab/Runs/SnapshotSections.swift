import GANEngine

/// One look at both networks: computes what the wanted parts of a picture have in common, once.
struct SnapshotSections {
    private let snapshot: Snapshot
    private let scene: Scene
    private let request: FrameRequest
    private let fakes: [Point]

    init(_ snapshot: Snapshot, _ scene: Scene, _ request: FrameRequest) {
        self.snapshot = snapshot
        self.scene = scene
        self.request = request
        fakes = snapshot.fakes(request.fakes)
    }

    /// The wanted sections but for metrics and charts, in the order of their numbers.
    var sections: [FrameSection] {
        var sections: [FrameSection] = []
        let reals = wants(.real, .scores, .losses) ? scene.reals(request.reals) : []
        let gradients = wants(.gradients, .losses) ? snapshot.generatorGradients(at: fakes).gradients : []
        if wants(.real) { sections.append(.real(reals)) }
        if wants(.fake) { sections.append(.fake(fakes)) }
        if wants(.gradients) { sections.append(.gradients(gradients)) }
        if wants(.heatmap) {
            let logits = snapshot.discriminatorMap(request.grid, in: scene.view)
            sections.append(.heatmap(side: request.grid, sigmoid(logits)))
        }
        if wants(.manifold) {
            let sheet = snapshot.manifold(request.manifold)
            sections.append(.manifold(columns: sheet.columns, rows: sheet.rows, sheet.nodes))
        }
        if wants(.scores, .losses) {
            let (real, fake) = (snapshot.probabilities(at: reals), snapshot.probabilities(at: fakes))
            if wants(.scores) { sections.append(.scores(fake: fake, real: real)) }
            if wants(.losses) { sections.append(.losses(losses(real, fake, gradients))) }
        }
        if wants(.latent) { sections.append(.latent(snapshot.latent(request.fakes).firstTwo)) }
        if wants(.pulls) { sections.append(pulls) }
        return sections
    }

    private func wants(_ layers: FrameRequest.Layer...) -> Bool {
        layers.contains(where: request.layers.contains)
    }

    private func losses(_ real: [Float], _ fake: [Float], _ gradients: [Point]) -> FrameSection.Losses {
        // As in the section of gradients, what is not finite counts as 0.
        let norms = gradients.map { gradient in
            let norm = (gradient.x * gradient.x + gradient.y * gradient.y).squareRoot()
            return norm.isFinite ? norm : 0
        }.sorted()
        return FrameSection.Losses(
            discriminator: snapshot.losses.discriminator, generator: snapshot.losses.generator,
            medianGradientNorm: norms[norms.count / 2],
            accuracyOnReal: Float(real.count { $0 > 0.5 }) / Float(real.count),
            accuracyOnFake: Float(fake.count { $0 < 0.5 }) / Float(fake.count))
    }

    /// The discriminator's own slope at the fakes, from which the page draws what any loss would make of it.
    private var pulls: FrameSection {
        var loss = snapshot.settings.loss
        loss.kind = .wasserstein
        let (logits, gradients) = snapshot.generatorGradients(at: fakes, under: loss)
        // Wasserstein's generator loss is −D.
        return .pulls(gradients.map { Point(-$0.x, -$0.y) }, logits: logits)
    }
}

extension Batch {
    /// The first two features; noise of one coordinate lies on the x-axis.
    fileprivate var firstTwo: [Point] {
        (0..<count).map { Point(self[$0, 0], features > 1 ? self[$0, 1] : 0) }
    }
}
