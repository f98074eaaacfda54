import GANEngine

/// What stays the same in every picture of one experiment: where to look, which real samples to show.
///
/// Its random numbers come from a stream of their own, so looking never changes training.
struct Scene {
    private let sampler: TargetSampler
    private let seed: UInt32

    init(_ settings: Settings) {
        sampler = TargetSampler(settings.target)
        seed = settings.seed
    }

    var view: View { sampler.view }
    var modes: Int? { sampler.modes?.count }

    /// Real samples: sample i is the same in every picture.
    func reals(_ count: Int) -> [Point] {
        sampler.samples(count, key: RandomStream(seed: seed, .viewReal).key(step: 0))
    }
}
