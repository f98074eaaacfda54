// What a person sees of the samples. The latent noise and the reals come from streams of their own and never change
// with the step: index i is the same sample from picture to picture, and looking never changes training.

extension Snapshot {
    /// The latent noise behind the fakes that are shown; vector i does not depend on `count`.
    public func latent(_ count: Int) -> Batch {
        NoiseSampler(settings.noise).samples(
            count, key: RandomStream(seed: settings.seed, .viewLatent).key(step: 0))
    }

    /// What the generator makes of ``latent(_:)``.
    public func fakes(_ count: Int) -> [Point] {
        generator.outputs(latent(count)).points
    }
}
