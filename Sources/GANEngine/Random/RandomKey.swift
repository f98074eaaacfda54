import CKernels

/// One place in a ``RandomStream``: a seed, a purpose, a step and an update, hashed.
///
/// Each place holds 256 channels of 2²⁴ numbers. Which number an element gets depends on nothing but its position.
public typealias RandomKey = CKernels.RandomKey

/// What random numbers are drawn from.
public enum RandomDistribution: Int32, CaseIterable, Sendable {
    /// Uniform on [0, 1), in steps of 2⁻²⁴.
    case uniform = 0
    /// Standard normal, within ±6.7 (Box and Muller 1958).
    case normal = 1
    /// Normal with mean 0.5 and standard deviation 0.25, conditioned on [0, 1].
    case truncated = 2
}

extension RandomKey {
    /// Fills the tiles of a minibatch: lane `l` of tile `t` in `channel` is number 32 (first + t) + l of that channel,
    /// at `out[t * stride + channel * 32 + l]`.
    /// - Parameters:
    ///   - first: the first tile's place among all tiles of the channel.
    ///   - stride: floats from one tile to the next; by default they follow each other.
    @inline(__always)
    public func fill(
        _ out: UnsafeMutablePointer<Float>, tiles: Int, channels: Int = 1, first: Int = 0, stride: Int? = nil,
        _ distribution: RandomDistribution, with instructions: InstructionSet = .best
    ) {
        instructions.samplers.pointee.numbers(
            distribution.rawValue, self, Int64(first), Int64(tiles), Int64(channels),
            Int64(stride ?? channels * tileWidth), out)
    }

    /// Numbers 0 ..< `count` of channel 0.
    public func numbers(
        _ count: Int, _ distribution: RandomDistribution, with instructions: InstructionSet = .best
    ) -> [Float] {
        let tiles = tileCount(count)
        let padded = [Float](unsafeUninitializedCapacity: tiles * tileWidth) { buffer, filled in
            if let start = buffer.baseAddress { fill(start, tiles: tiles, distribution, with: instructions) }
            filled = tiles * tileWidth
        }
        return Array(padded.prefix(count))
    }

    /// Words 0 ..< `count` of channel 0, uniform over 32 bits.
    public func words(_ count: Int, with instructions: InstructionSet = .best) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress {
                instructions.samplers.pointee.words(self, Int64(count), start)
            }
            filled = count
        }
    }
}
