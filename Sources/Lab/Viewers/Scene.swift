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

    /// Latent noise of the fakes that are measured.
    func measuredLatent(_ count: Int) -> Batch {
        noise.samples(count, key: key(.metricLatent))
    }

    private func key(_ purpose: StreamPurpose) -> RandomKey {
        RandomStream(seed: seed, purpose).key(step: 0)
    }
}
