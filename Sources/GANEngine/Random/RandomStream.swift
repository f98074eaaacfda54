import CKernels

/// A purpose that random numbers serve. Streams never share a number, so that looking never changes training.
///
/// Raw values are part of what a recipe means: a case is never renumbered.
public enum StreamPurpose: UInt64, CaseIterable, Sendable {
    case generatorWeights = 1
    case discriminatorWeights = 2
    /// Real samples of the discriminator's updates.
    case real = 3
    /// Latent noise of the discriminator's updates.
    case discriminatorLatent = 4
    /// Latent noise of the generator's updates.
    case generatorLatent = 5
    /// Where between real and fake the gradient penalty looks.
    case penalty = 6
    case instanceNoiseReal = 7
    case instanceNoiseFake = 8
    case instanceNoiseGenerator = 9
    /// Real samples of the updates that an unrolled discriminator runs ahead.
    case unrolledReal = 10
    // 11 stays free: nothing was ever drawn from it.
    /// Real samples that a person sees.
    case viewReal = 12
    /// Latent noise of the fake samples that a person sees.
    case viewLatent = 13
    /// Real samples that metrics compare with.
    case metricReal = 14
    /// A second, independent set of them: it gives the noise floor.
    case metricFloor = 15
    /// Latent noise of the fake samples that metrics judge.
    case metricLatent = 16
    /// Instance noise on the real samples of the updates that an unrolled discriminator runs ahead.
    case instanceNoiseUnrolled = 17
}

/// The random numbers that one seed gives to one purpose.
///
/// A counter-based generator: nothing is stored and nothing advances. Every number is a function of the seed, the
/// purpose, the step, the update within the step, the channel and the element, so a checkpoint holds no state and a
/// minibatch does not depend on what was drawn before it. (Salmon et al. 2011, Parallel random numbers: as easy as
/// 1, 2, 3, proposed such generators; the hash here is a cheaper one.)
public struct RandomStream: Hashable, Sendable {
    private let base: UInt64

    /// The numbers that `seed` gives to `purpose`.
    public init(seed: UInt32, _ purpose: StreamPurpose) {
        base = finalize(finalize(UInt64(seed) &+ golden) &+ purpose.rawValue &* golden)
    }

    /// The key of one update in one step; `update` < 2¹⁶.
    @inline(__always)
    public func key(step: Int, update: Int = 0) -> RandomKey {
        let place = UInt64(truncatingIfNeeded: step) << 16 | UInt64(truncatingIfNeeded: update)
        let hash = finalize(base &+ (place &+ 1) &* golden)
        return RandomKey(a: UInt32(truncatingIfNeeded: hash), b: UInt32(truncatingIfNeeded: hash >> 32))
    }
}

/// 2⁶⁴ divided by the golden ratio, odd.
private let golden: UInt64 = 0x9e37_79b9_7f4a_7c15

/// A bijection of 64 bits in which every bit of the input flips half the bits of the output
/// (Stafford's variant 13 of MurmurHash3's finalizer, as in SplitMix64).
@inline(__always)
private func finalize(_ value: UInt64) -> UInt64 {
    var x = value
    x = (x ^ (x >> 30)) &* 0xbf58_476d_1ce4_e5b9
    x = (x ^ (x >> 27)) &* 0x94d0_49bb_1331_11eb
    return x ^ (x >> 31)
}
