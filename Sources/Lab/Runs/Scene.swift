import GANEngine

/// What stays the same in every picture of one target: where to look, which real samples to show.
///
/// Its random numbers come from a stream of their own, so looking never changes training.
struct Scene {
    private let sampler: TargetSampler
    private let seed: UInt32
    /// The part of the plane that pictures show.
    let view: View

    /// - Parameter view: of the run, if it began with another target; the target's own if nil.
    init(_ settings: Settings, in view: View? = nil) {
        sampler = TargetSampler(settings.target)
        seed = settings.seed
        self.view = view ?? sampler.view
    }

    var modes: Int? { sampler.modes?.count }

    /// Real samples: sample i is the same in every picture.
    func reals(_ count: Int) -> [Point] {
        sampler.samples(count, key: RandomStream(seed: seed, .viewReal).key(step: 0))
    }
}
