import GANEngine

/// Point sets for the metrics' tests, the same in every run.
enum Samples {
    /// Fractional parts of the multiples of two irrational numbers: the same points in any language.
    static func sequence(_ count: Int, _ a: Double, _ b: Double) -> [(x: Double, y: Double)] {
        (1...count).map { index in
            let (x, y) = (Double(index) * a, Double(index) * b)
            return (x - x.rounded(.down), y - y.rounded(.down))
        }
    }

    /// Evenly over the unit square.
    static let real = sequence(200, (5.0.squareRoot() - 1) / 2, 2.0.squareRoot()).map {
        Point(Float($0.x), Float($0.y))
    }

    /// Narrower, taller, and partly outside it.
    static let fake = sequence(200, 3.0.squareRoot(), 7.0.squareRoot()).map {
        Point(Float($0.x * 0.6 + 0.3), Float($0.y * 1.1 - 0.05))
    }

    /// Pseudo-random numbers (SplitMix64, Steele et al. 2014), so that a test needs no sampler of the engine's.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        init(_ seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }

        mutating func uniform() -> Float { Float.random(in: 0..<1, using: &self) }

        /// By the sum of twelve uniform numbers: variance 1, tails cut at 6.
        mutating func normal() -> Float { (0..<12).reduce(Float(-6)) { sum, _ in sum + uniform() } }
    }

    /// Standard normal in both coordinates.
    static func gaussian(_ count: Int, seed: UInt64) -> [Point] {
        var generator = Generator(seed)
        return (0..<count).map { _ in Point(generator.normal(), generator.normal()) }
    }

    /// Eight Gaussians on the unit circle.
    static let ringModes = ringMeans.map { Mode(mean: $0, deviation: 0.02, weight: 0.125) }

    /// Of the given modes of that ring, each as likely as the other.
    static func ring(_ count: Int, seed: UInt64, modes: [Int] = Array(0..<8)) -> [Point] {
        var generator = Generator(seed)
        return (0..<count).map { _ in
            let mean = ringMeans[modes[Int(generator.next() % UInt64(modes.count))]]
            return Point(mean.x + 0.02 * generator.normal(), mean.y + 0.02 * generator.normal())
        }
    }

    private static let ringMeans: [Point] = {
        let diagonal = Float(0.5).squareRoot()
        let xs: [Float] = [1, diagonal, 0, -diagonal, -1, -diagonal, 0, diagonal]
        return (0..<8).map { Point(xs[$0], xs[($0 + 6) % 8]) }
    }()
}

/// Whether two numbers agree to a relative `tolerance`.
func agree(_ a: Float, _ b: Double, _ tolerance: Double = 1e-5) -> Bool {
    abs(Double(a) - b) <= tolerance * max(abs(b), 1e-3)
}
