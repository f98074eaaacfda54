/// Energy distance: √(2 E‖p − q‖ − E‖p − p′‖ − E‖q − q′‖), over all pairs of samples.
///
/// Zero only when both distributions are equal; in the units of the plane's distances, under the root. (Székely and
/// Rizzo 2013, Energy statistics: a class of statistics based on distances. Pairs of a sample with itself count, so
/// that the root exists; the noise floor shows what that costs.)
public struct EnergyDistance: Sendable {
    private let real: Columns
    /// E‖p − p′‖.
    private let spread: Double

    /// Compares the reals among themselves, once.
    public init(real: [Point]) {
        self.real = Columns(real)
        spread = real.isEmpty ? .nan : self.real.mean(over: real, Elementary.squareRoot)
    }

    /// The distance of the fakes from the reals; NaN if either set is empty or a fake is not finite.
    ///
    /// 1.6 ms for 1,000 against 1,000, a quarter of it for half of both.
    public func distance(to fakes: [Point]) -> Float {
        guard real.count > 0, !fakes.isEmpty else { return .nan }
        let across = real.mean(over: fakes, Elementary.squareRoot)
        let within = Columns(fakes).mean(over: fakes, Elementary.squareRoot)
        let squared = 2 * across - spread - within
        return squared.isFinite ? Float(max(squared, 0).squareRoot()) : .nan
    }
}
