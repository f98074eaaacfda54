/// Floats that stay where they are, zero at first, 64-byte aligned, in a whole number of vectors.
///
/// The engine's working memory: allocated when an experiment is set up, never while it steps.
final class FloatBuffer {
    /// The first of them.
    let base: UnsafeMutablePointer<Float>
    /// How many were asked for.
    let count: Int
    /// How many there are: `count` rounded up to a vector of 16; those beyond `count` are zero.
    let paddedCount: Int

    init(_ count: Int) {
        self.count = count
        paddedCount = (count + 15) / 16 * 16
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, paddedCount) * MemoryLayout<Float>.stride, alignment: 64)
        base = bytes.bindMemory(to: Float.self, capacity: paddedCount)
        base.initialize(repeating: 0, count: paddedCount)
    }

    convenience init(_ values: [Float]) {
        self.init(values.count)
        load(values)
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }

    /// A copy of the values.
    var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// √Σ xᵢ².
    var length: Float {
        var sums = SIMD16<Float>.zero
        for start in stride(from: 0, to: paddedCount, by: 16) {
            let x = GANEngine.load(base + start)
            sums += x * x
        }
        return sums.folded.squareRoot()
    }

    /// √Σ (xᵢ − yᵢ)² to another of the same size.
    func distance(to other: FloatBuffer) -> Float {
        var sums = SIMD16<Float>.zero
        for start in stride(from: 0, to: paddedCount, by: 16) {
            let difference = GANEngine.load(base + start) - GANEngine.load(other.base + start)
            sums += difference * difference
        }
        return sums.folded.squareRoot()
    }

    /// Replaces the values; there must be as many.
    func load(_ values: [Float]) {
        precondition(values.count == count)
        values.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { base.update(from: start, count: count) }
        }
    }
}
