import GANEngine
import Testing

@Suite("Latent noise")
struct NoiseSamplerTests {
    private func sampler(_ distribution: NoiseDistribution, dimension: Int) -> NoiseSampler {
        var settings = Settings().noise
        settings.dimension = dimension
        settings.distribution = distribution
        return NoiseSampler(settings)
    }

    @Test(
        "has one row a coordinate, and every coordinate its own numbers",
        arguments: NoiseDistribution.allCases)
    func layout(distribution: NoiseDistribution) {
        let key = RandomStream(seed: 1, .generatorLatent).key(step: 5)
        let batch = sampler(distribution, dimension: 64).samples(100, key: key)
        #expect(batch.features == 64 && batch.count == 100)
        #expect(Set((0..<64).map { batch[0, $0] }).count == 64)
        #expect(sampler(distribution, dimension: 1).samples(100, key: key).column(0) == batch.column(0))
    }

    @Test(
        "lies within the interval that pictures show, nearly all of it", arguments: NoiseDistribution.allCases
    )
    func interval(distribution: NoiseDistribution) {
        let key = RandomStream(seed: 1, .viewLatent).key(step: 0)
        let batch = sampler(distribution, dimension: 2).samples(10_000, key: key)
        #expect(batch.column(1).filter(distribution.interval.contains).count >= 9_800)
    }
}
