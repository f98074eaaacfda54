/// The random streams that training draws from.
struct Streams {
    let real, discriminatorLatent, generatorLatent: RandomStream
    let penalty, instanceNoiseReal, instanceNoiseFake, instanceNoiseGenerator: RandomStream
    let unrolledReal, instanceNoiseUnrolled: RandomStream

    init(_ seed: UInt32) {
        real = RandomStream(seed: seed, .real)
        discriminatorLatent = RandomStream(seed: seed, .discriminatorLatent)
        generatorLatent = RandomStream(seed: seed, .generatorLatent)
        penalty = RandomStream(seed: seed, .penalty)
        instanceNoiseReal = RandomStream(seed: seed, .instanceNoiseReal)
        instanceNoiseFake = RandomStream(seed: seed, .instanceNoiseFake)
        instanceNoiseGenerator = RandomStream(seed: seed, .instanceNoiseGenerator)
        unrolledReal = RandomStream(seed: seed, .unrolledReal)
        instanceNoiseUnrolled = RandomStream(seed: seed, .instanceNoiseUnrolled)
    }
}
