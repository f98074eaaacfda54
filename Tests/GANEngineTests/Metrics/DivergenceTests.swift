import GANEngine
import Testing

@Suite("Divergences on a grid")
struct DivergenceTests {
    private let unit = Grid(centre: Point(0.5, 0.5), half: 0.5, side: 10)

    /// A histogram of two cells' worth of points, `left` and `right` of them.
    private func split(_ left: Int, _ right: Int) -> Histogram {
        let points = Array(repeating: Point(0.25, 0.5), count: left)
        let others = Array(repeating: Point(0.75, 0.5), count: right)
        return Histogram(points + others, on: Grid(centre: Point(0.5, 0.5), half: 0.5, side: 2))
    }

    @Test("agree with NumPy")
    func golden() {
        let p = Histogram(Samples.real, on: unit)
        let q = Histogram(Samples.fake, on: unit)
        #expect(agree(p.kullbackLeibler(from: q), 2.449109560))
        #expect(agree(p.jensenShannon(with: q), 0.301471566))
        #expect(agree(q.outside, 0.085))
    }

    @Test("of two-cell histograms are what one works out by hand")
    func byHand() {
        // JS of (1, 0) and (½, ½): ½ log₂(4/3) + ½ (½ log₂(2/3) + ½ log₂ 2) = 0.311278.
        #expect(agree(split(4, 0).jensenShannon(with: split(2, 2)), 0.311278124))
        // KL of (¾, ¼) from (¼, ¾): ½ log₂ 3, but for ε.
        #expect(agree(split(3, 1).kullbackLeibler(from: split(1, 3)), 0.792481250, 2e-3))
    }

    @Test("are 0 for equal sets, in any order, and bounded for disjoint ones")
    func bounds() {
        let p = Histogram(Samples.real, on: unit)
        let shuffled = Histogram(Samples.real.reversed(), on: unit)
        #expect(p.kullbackLeibler(from: shuffled) == 0)
        #expect(p.jensenShannon(with: shuffled) == 0)
        #expect(agree(split(5, 0).jensenShannon(with: split(0, 5)), 1))
        let most = split(5, 0).kullbackLeibler(from: split(0, 5))
        #expect(most > 12 && most < 13.4)
    }

    @Test("JS does not care which side is real; KL does")
    func symmetry() {
        let p = Histogram(Samples.real, on: unit)
        let q = Histogram(Samples.fake, on: unit)
        #expect(agree(p.jensenShannon(with: q), Double(q.jensenShannon(with: p))))
        #expect(p.kullbackLeibler(from: q) > 1.2 * q.kullbackLeibler(from: p))
    }

    @Test("keep what lies outside: a generator that ran away is as far off as can be")
    func outside() {
        let away = Samples.real.map { Point($0.x + 7, $0.y) }
        let farther = [Point(.nan, 0), Point(.infinity, 0), Point(-.infinity, 1e30)]
        let histogram = Histogram(away + farther, on: unit)
        #expect(histogram.outside == 1)
        #expect(agree(Histogram(Samples.real, on: unit).jensenShannon(with: histogram), 1))
    }

    @Test("a histogram's mass is 1")
    func mass() {
        let histogram = Histogram(Samples.fake, on: unit)
        #expect(agree(histogram.probabilities.reduce(0, +), 1))
        #expect(histogram.probabilities.count == 101)
        #expect(Histogram([], on: unit).outside == 1)
    }

    @Test("of two samples of one distribution shrink with their size")
    func noise() {
        let grid = Grid(centre: Point(0, 0), half: 4, side: 16)
        let many = Histogram(Samples.gaussian(40_000, seed: 1), on: grid)
        let divergences = [200, 2000, 20_000].map {
            many.jensenShannon(with: Histogram(Samples.gaussian($0, seed: 2), on: grid))
        }
        #expect(divergences[0] > 4 * divergences[1] && divergences[1] > 4 * divergences[2])
        #expect(divergences[2] < 0.005)
    }
}
