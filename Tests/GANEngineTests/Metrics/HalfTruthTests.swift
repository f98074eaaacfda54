import GANEngine
import Testing

/// Metrics tell half-truths: which of them sees what is itself a promise.
@Suite("What each metric can see")
struct HalfTruthTests {
    private let suite = MetricSuite(
        reals: Samples.ring(20_000, seed: 1), view: View(centre: Point(0, 0), halfExtent: 1.4),
        modes: Samples.ringModes)
    private let floors: NoiseFloors

    init() {
        let suite = suite
        floors = NoiseFloors((0..<11).map { suite.measure(Samples.ring(2000, seed: 100 + $0)) })
    }

    @Test("a Gaussian with the ring's mean and covariance: Fréchet is blind, sliced Wasserstein is not")
    func blob() {
        let blob = suite.measure(Samples.gaussian(2000, seed: 2).map { Point($0.x * 0.7074, $0.y * 0.7074) })
        #expect(blob[.frechet] < 0.005)
        #expect(blob[.slicedWasserstein] > 0.15)
        #expect(blob[.slicedWasserstein] > 8 * floors.median[.slicedWasserstein])
        #expect(blob[.precision] < 0.1 && blob[.recall] > 0.8)
    }

    @Test("real samples measure at the floor, and the floor is above 0")
    func floor() {
        let fresh = suite.measure(Samples.ring(2000, seed: 3))
        for kind in [MetricKind.kl, .js, .slicedWasserstein, .energyDistance, .mmd] {
            #expect(floors.median[kind] > 0)
            #expect(floors.median[kind] <= floors.percentile95[kind])
            #expect(fresh[kind] < 2 * floors.percentile95[kind])
        }
        #expect(floors.median[.modes] == 8)
        #expect(floors.median[.precision] > 0.9)
    }

    @Test("collapse onto one mode shows in every metric but precision and quality")
    func collapse() {
        let collapsed = suite.measure(Samples.ring(2000, seed: 4, modes: [0]))
        for kind in [MetricKind.kl, .js, .slicedWasserstein, .energyDistance, .mmd] {
            #expect(collapsed[kind] > 4 * floors.percentile95[kind])
        }
        #expect(collapsed[.modes] == 1 && collapsed[.recall] < 0.2)
        #expect(collapsed[.precision] > 0.9 && collapsed[.highQuality] > 0.95)
    }

    @Test("quick measurement leaves the slow metrics unknown, and the same points give the same bits")
    func quick() {
        let fakes = Samples.ring(2000, seed: 5)
        let quick = suite.measure(fakes, slow: false)
        #expect(quick.known.filter { !$0.isQuick }.isEmpty)
        let full = suite.measure(fakes)
        #expect(full.known.count == 12)
        #expect(quick.known.map { quick[$0] } == quick.known.map { full[$0] })
    }

    @Test("fakes that are not finite give numbers or NaN, never a trap")
    func notFinite() {
        let fakes = [Point](repeating: Point(.nan, .infinity), count: 2000)
        let values = suite.measure(fakes)
        #expect(values[.outside] == 1 && values[.modes] == 0)
        #expect(values[.slicedWasserstein].isNaN)
    }
}
