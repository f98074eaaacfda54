import CKernels

/// Draws real samples from a target distribution, and says what is known about it.
///
/// Sample i of a key depends on the target, the key and i alone, and is the same on every machine.
public struct TargetSampler: Sendable {
    /// The distribution.
    public let target: Target
    /// The part of the plane that shows it well.
    public let view: View
    /// The Gaussians that it is a mixture of, if it is one: what a generator can miss.
    public let modes: [Mode]?
    /// How many labels its samples have; 1 where there is nothing to tell apart.
    public let labelCount: Int

    private let shape: TargetShape

    /// Prepares what sampling needs. `target` must be valid (see ``Recipe/validate()``).
    public init(_ target: Target) {
        self.target = target
        view = target.view
        modes = target.modes
        shape = TargetShape(target)
        labelCount = shape.labelCount
    }

    /// Fills tiles of 32 samples: x of sample 32t + l at `out[t * stride + l]`, y 32 further on.
    ///
    /// A sample takes 0.7 ns (checkerboard), about 2 ns (most) or 4 ns (a table of more than four entries), measured
    /// with AVX-512 on one core of a Zen 5.
    /// - Parameters:
    ///   - first: the first tile's place among all tiles of this key.
    ///   - stride: floats from one tile to the next; by default they follow each other.
    ///   - labels: 32 × `tiles` labels, if wanted.
    public func fill(
        _ out: UnsafeMutablePointer<Float>, tiles: Int, first: Int = 0, stride: Int? = nil, key: RandomKey,
        labels: UnsafeMutablePointer<Int32>? = nil, with instructions: InstructionSet = .best
    ) {
        shape.withParameters { shape in
            instructions.samplers.pointee.target(
                shape, key, Int64(first), Int64(tiles), Int64(stride ?? 2 * tileWidth), out, labels)
        }
    }

    /// Samples 0 ..< `count` of a key, as a minibatch.
    public func batch(_ count: Int, key: RandomKey, with instructions: InstructionSet = .best) -> Batch {
        var batch = Batch(features: 2, count: count)
        batch.storage.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            fill(start, tiles: tileCount(count), key: key, with: instructions)
        }
        return batch
    }

    /// Samples 0 ..< `count` of a key.
    public func samples(_ count: Int, key: RandomKey) -> [Point] {
        batch(count, key: key).points
    }

    /// The labels, below ``labelCount``, of the same samples.
    public func labels(_ count: Int, key: RandomKey) -> [Int] {
        let tiles = tileCount(count)
        var points = [Float](repeating: 0, count: tiles * 2 * tileWidth)
        var labels = [Int32](repeating: 0, count: tiles * tileWidth)
        points.withUnsafeMutableBufferPointer { points in
            labels.withUnsafeMutableBufferPointer { labels in
                guard let start = points.baseAddress else { return }
                fill(start, tiles: tiles, key: key, labels: labels.baseAddress)
            }
        }
        return labels.prefix(count).map(Int.init)
    }

    /// Probability per unit of area at each of `points`; nil if the target has none, as uploaded points or a single
    /// one. Prepared at each call, since hardly anybody asks.
    public func density(at points: [Point]) -> [Float]? { TargetDensity(target)?.values(at: points) }
}

/// A square part of the plane.
public struct View: Hashable, Sendable {
    /// Its middle.
    public var centre: Point
    /// Half its side.
    public var halfExtent: Float

    /// The square of side 2 × `halfExtent` around `centre`.
    public init(centre: Point, halfExtent: Float) {
        self.centre = centre
        self.halfExtent = halfExtent
    }

    /// GAN Lab's: x and y from 0 to 1.
    public static let unitSquare = View(centre: Point(0.5, 0.5), halfExtent: 0.5)
}
