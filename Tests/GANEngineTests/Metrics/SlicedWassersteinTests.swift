import GANEngine
import Testing

@Suite("Sliced Wasserstein")
struct SlicedWassersteinTests {
    private let distance = SlicedWasserstein(real: Samples.real)

    @Test("agrees with SciPy, for sets of equal and of different size")
    func golden() {
        #expect(agree(distance.distance(to: Samples.fake), 0.071087778))
        #expect(agree(distance.distance(to: Array(Samples.fake.prefix(130))), 0.071862367))
    }

    @Test("of a shifted set is 2/π of the shift, whatever its direction")
    func shift() {
        for shift in [Point(3, 0), Point(0, -3), Point(1.8, 2.4)] {
            let moved = Samples.real.map { Point($0.x + shift.x, $0.y + shift.y) }
            #expect(agree(distance.distance(to: moved), 3 * 2 / Double.pi, 2e-3))
        }
    }

    @Test("depends on the points, not on their order or place")
    func invariance() {
        #expect(distance.distance(to: Samples.real.reversed()) == 0)
        #expect(distance.distance(to: Samples.fake.reversed()) == distance.distance(to: Samples.fake))
        let moved = { (points: [Point]) in points.map { Point($0.x - 4, $0.y - 2) } }
        let there = SlicedWasserstein(real: moved(Samples.real)).distance(to: moved(Samples.fake))
        #expect(agree(there, Double(distance.distance(to: Samples.fake)), 1e-4))
    }

    @Test("sorts negative, equal and tiny numbers alike")
    func oddNumbers() {
        let points = [(-0.0, 0), (0, -0.0), (-1e-30, 1e-30), (-5, 5), (5, -5), (5, -5)].map {
            Point($0.0, $0.1)
        }
        #expect(SlicedWasserstein(real: points).distance(to: points.reversed()) == 0)
    }

    @Test("is NaN where there is nothing to measure, and never a trap")
    func undefined() {
        #expect(distance.distance(to: []).isNaN)
        #expect(SlicedWasserstein(real: []).distance(to: Samples.fake).isNaN)
        #expect(distance.distance(to: [Point(.nan, 0)]).isNaN)
        #expect(distance.distance(to: [Point(0, .infinity)]).isNaN)
    }
}
