extension SIMD16<Float> {
    /// The sum of the lanes, folded as a tree, so that it never depends on the processor.
    var folded: Float {
        let eight = lowHalf + highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// Sets all lanes but the first `count` to zero; `count` may be anything.
    mutating func keep(_ count: Int) {
        guard count < 16 else { return }
        for lane in Swift.max(0, count)..<16 { self[lane] = 0 }
    }
}

/// Sixteen floats from anywhere.
@inline(__always)
func load(_ pointer: UnsafePointer<Float>) -> SIMD16<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<Float>.self)
}

/// Sixteen floats to anywhere.
@inline(__always)
func store(_ vector: SIMD16<Float>, _ pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: SIMD16<Float>.self)
}
