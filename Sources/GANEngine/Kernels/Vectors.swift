extension SIMD16<Float> {
    /// The sum of the lanes, folded as a tree, so that it never depends on the processor.
    @inline(__always)
    var folded: Float {
        let eight = lowHalf + highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// Sets all lanes but the first `count` to zero; `count` may be anything.
    @inline(__always)
    mutating func keep(_ count: Int) {
        let left = Int32(truncatingIfNeeded: Swift.min(Swift.max(count, 0), 16))
        // Comparing by subtraction gives all ones where the lane counts; a masked select would be slower.
        let mask = (laneNumbers &- left) &>> 31
        self = unsafeBitCast(unsafeBitCast(self, to: SIMD16<Int32>.self) & mask, to: Self.self)
    }
}

private let laneNumbers = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

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
