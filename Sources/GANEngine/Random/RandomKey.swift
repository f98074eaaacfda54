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
    /// Numbers in a tile: one for every lane of a minibatch's tile.
    public static let tileWidth = 32

    /// Fills `rows` × `channels` tiles of 32 numbers, channels innermost: lane `l` of row `r` is number 32r + l of
    /// the channel. This is the layout of a minibatch with one row a tile of samples and one channel a feature.
    @inline(__always)
    public func fill(
        _ out: UnsafeMutablePointer<Float>, rows: Int, channels: Int = 1, _ distribution: RandomDistribution,
        with instructions: InstructionSet = .best
    ) {
        random_fill(instructions.rawValue, distribution.rawValue, self, rows, channels, out)
    }

    /// Numbers 0 ..< `count` of channel 0.
    public func numbers(
        _ count: Int, _ distribution: RandomDistribution, with instructions: InstructionSet = .best
    ) -> [Float] {
        let rows = (count + RandomKey.tileWidth - 1) / RandomKey.tileWidth
        let padded = [Float](unsafeUninitializedCapacity: rows * RandomKey.tileWidth) { buffer, filled in
            if let start = buffer.baseAddress { fill(start, rows: rows, distribution, with: instructions) }
            filled = rows * RandomKey.tileWidth
        }
        return Array(padded.prefix(count))
    }

    /// Words 0 ..< `count` of channel 0, uniform over 32 bits.
    public func words(_ count: Int, with instructions: InstructionSet = .best) -> [UInt32] {
        [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
            if let start = buffer.baseAddress { random_fill_bits(instructions.rawValue, self, count, start) }
            filled = count
        }
    }
}
