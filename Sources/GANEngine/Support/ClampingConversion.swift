/// Conversions of floating-point numbers to integers that never trap.
///
/// `Int(_: Double)` ends the process for NaN, infinity and what does not fit. Numbers that came from outside or out of
/// training may be any of these, so it is not used; `make lint` refuses it.
extension FixedWidthInteger {
    /// The number without its fraction, or the nearest that this type holds; NaN is 0.
    ///
    /// Exact for results of up to 64 bits with a sign.
    @inlinable
    package init(clamping number: Double) {
        let whole = number.rounded(.towardZero)
        self.init(clamping: Int64(exactly: whole) ?? (whole > 0 ? .max : whole < 0 ? .min : 0))
    }

    /// The number without its fraction, or the nearest that this type holds; NaN is 0.
    @inlinable
    package init(clamping number: Float) {
        self.init(clamping: Double(number))
    }
}
