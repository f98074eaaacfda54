import GANEngine
import Testing

@Suite("Energy distance, MMD and Fréchet distance")
struct DistanceTests {
    private let fewer = Array(Samples.fake.prefix(130))

    @Test("agree with NumPy and SciPy, for sets of equal and of different size")
    func golden() {
        let energy = EnergyDistance(real: Samples.real)
        #expect(agree(energy.distance(to: Samples.fake), 0.162893344, 1e-4))
        #expect(agree(energy.distance(to: fewer), 0.164493964, 1e-4))
        let discrepancy = MaximumMeanDiscrepancy(real: Samples.real, scale: 0.5)
        #expect(agree(discrepancy.distance(to: Samples.fake), 0.154024774, 1e-4))
        #expect(agree(discrepancy.distance(to: fewer), 0.155308090, 1e-4))
        let frechet = FrechetDistance(real: Samples.real)
        #expect(agree(frechet.distance(to: Samples.fake), 0.023879760))
    }

    @Test("are 0 for the same points in another order")
    func equality() {
        let same = Array(Samples.real.reversed())
        // A difference of equal means keeps only the rounding, and the root of it.
        #expect(EnergyDistance(real: Samples.real).distance(to: same) < 1e-3)
        #expect(MaximumMeanDiscrepancy(real: Samples.real, scale: 0.5).distance(to: same) < 1e-3)
        #expect(FrechetDistance(real: Samples.real).distance(to: same) < 1e-6)
    }

    @Test("of two single points are what one works out by hand")
    func byHand() {
        // √(2 · 5); √(2 − 2k) with k the mean of e^(−25/(2·25)·4ʲ), j = 0…4; 25.
        let (here, there) = ([Point(1, 1)], [Point(4, 5)])
        #expect(agree(EnergyDistance(real: here).distance(to: there), 10.0.squareRoot()))
        let kernel = (0.60653066 + 0.13533528 + 0.00033546 + 1.2664e-14) / 5
        let discrepancy = MaximumMeanDiscrepancy(real: here, scale: 5).distance(to: there)
        #expect(agree(discrepancy, (2 - 2 * kernel).squareRoot()))
        #expect(agree(FrechetDistance(real: here).distance(to: there), 25))
    }

    @Test("Fréchet's is exact for Gaussians that are known: a shift, a stretch, a turn")
    func frechetClosedForms() {
        // Four points have the moments of a Gaussian with standard deviations a/√2 and b/√2.
        func cross(_ a: Float, _ b: Float, at x: Float = 0) -> [Point] {
            [Point(x + a, 0), Point(x - a, 0), Point(x, b), Point(x, -b)]
        }
        let distance = FrechetDistance(real: cross(2, 2))
        #expect(agree(distance.distance(to: cross(2, 2, at: 3)), 9))
        #expect(agree(distance.distance(to: cross(4, 4)), 4))  // 2 (σ − τ)², σ = √2, τ = 2√2.
        #expect(agree(FrechetDistance(real: cross(6, 2)).distance(to: cross(2, 6)), 16))
        // Flat ones: (ΣΤ)^½ = 0 for crossed lines, so only the traces remain.
        #expect(agree(FrechetDistance(real: cross(2, 0)).distance(to: cross(0, 2)), 4))
    }

    @Test("are NaN where there is nothing to measure")
    func undefined() {
        for fakes in [[], [Point(.nan, 0)], [Point(0, 0), Point(.infinity, 0)]] {
            #expect(EnergyDistance(real: Samples.real).distance(to: fakes).isNaN)
            #expect(MaximumMeanDiscrepancy(real: Samples.real, scale: 1).distance(to: fakes).isNaN)
            #expect(FrechetDistance(real: Samples.real).distance(to: fakes).isNaN)
        }
        #expect(EnergyDistance(real: []).distance(to: Samples.fake).isNaN)
    }
}
