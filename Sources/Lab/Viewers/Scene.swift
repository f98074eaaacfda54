import GANEngine

/// What stays the same in every picture of one experiment: where to look, which samples to show.
///
/// Its random numbers come from streams of their own, so looking never changes training.
struct Scene {
    let sampler: TargetSampler
    private let noise: NoiseSampler
    private let seed: UInt32

    init(_ settings: Settings) {
        sampler = TargetSampler(settings.target)
        noise = NoiseSampler(settings.noise)
        seed = settings.seed
    }

    var view: View { sampler.view }
    var modes: Int? { sampler.modes?.count }

    /// Real samples.
    func reals(_ count: Int, for purpose: StreamPurpose = .viewReal) -> [Point] {
        sampler.samples(count, key: key(purpose))
    }

    /// Latent noise: vector i is the same in every picture.
    func latent(_ count: Int, for purpose: StreamPurpose = .viewLatent) -> Batch {
        noise.samples(count, key: key(purpose))
    }

    /// A grid over the first two coordinates of the noise, row by row from the bottom left; the others at their
    /// middle. Noise of one coordinate makes a single row.
    func noiseGrid(columns: Int) -> (nodes: Batch, rows: Int) {
        let interval = noise.distribution.interval
        let rows = noise.dimension == 1 ? 0 : columns
        var nodes = Batch(features: noise.dimension, count: (columns + 1) * (rows + 1))
        let step = (interval.upperBound - interval.lowerBound) / Float(columns)
        let middle = (interval.upperBound + interval.lowerBound) / 2
        for node in 0..<nodes.count {
            nodes[node, 0] = interval.lowerBound + Float(node % (columns + 1)) * step
            guard noise.dimension > 1 else { continue }
            nodes[node, 1] = interval.lowerBound + Float(node / (columns + 1)) * step
            for coordinate in 2..<max(2, noise.dimension) { nodes[node, coordinate] = middle }
        }
        return (nodes, rows)
    }

    /// The middles of the cells of a square grid over the view, row by row from the bottom.
    func cells(_ side: Int) -> [Point] {
        Grid(centre: view.centre, half: view.halfExtent, side: side).centres
    }

    private func key(_ purpose: StreamPurpose) -> RandomKey {
        RandomStream(seed: seed, purpose).key(step: 0)
    }
}
