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

    /// Replaces the values; there must be as many.
    func load(_ values: [Float]) {
        precondition(values.count == count)
        values.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { base.update(from: start, count: count) }
        }
    }
}
