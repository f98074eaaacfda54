import GANEngine
import Testing

@Suite("Modes of a mixture")
struct ModeCoverageTests {
    private let coverage = ModeCoverage(modes: Samples.ringModes)!

    @Test("a perfect sampler covers all of them, with 98.9% of high quality")
    func perfect() {
        let report = coverage.report(on: Samples.ring(20_000, seed: 3))
        #expect(report.covered == 8)
        #expect(report.captured == 8)
        #expect(agree(report.highQuality, 0.98889, 3e-3))
        #expect(report.shares.allSatisfy { abs($0 - 0.125) < 0.01 })
    }

    @Test("collapse onto two modes is counted as two")
    func collapse() {
        let report = coverage.report(on: Samples.ring(1000, seed: 4, modes: [2, 5]))
        #expect(report.isCovered.indices.filter { report.isCovered[$0] } == [2, 5])
        #expect(report.captured == 2)
        #expect(report.highQuality > 0.97)
    }

    @Test("one lucky sample captures a mode but does not cover it")
    func luckySample() {
        let fakes = Samples.ring(999, seed: 5, modes: [0]) + [Samples.ringModes[4].mean]
        let report = coverage.report(on: fakes)
        #expect(report.captured == 2)
        #expect(report.covered == 1)
    }

    @Test("a fifth of the fair share, weighted by the mode, is what covering takes")
    func fairShare() {
        let modes = [
            Mode(mean: Point(-1, 0), deviation: 0.02, weight: 0.9),
            Mode(mean: Point(1, 0), deviation: 0.02, weight: 0.1),
        ]
        let coverage = ModeCoverage(modes: modes)!
        func covered(_ rare: Int) -> Int {
            let fakes = (0..<1000).map { $0 < rare ? modes[1].mean : modes[0].mean }
            return coverage.report(on: fakes).covered
        }
        #expect(covered(20) == 2)
        #expect(covered(19) == 1)
    }

    @Test("blur of up to a tenth of the radius still covers, though with no high quality")
    func blur() {
        func report(scale: Float) -> ModeCoverage.Report {
            coverage.report(on: Samples.ringModes.map { Point($0.mean.x * scale, $0.mean.y * scale) })
        }
        #expect(report(scale: 1.09).covered == 8)
        #expect(report(scale: 1.09).highQuality == 0)
        #expect(report(scale: 1.11).covered == 0)
    }

    @Test("long modes are measured along their own axes")
    func elongated() {
        // Standard deviation 1 along the diagonal, 0.1 across it.
        let mode = Mode(mean: Point(0, 0), varianceX: 0.505, varianceY: 0.505, covariance: 0.495, weight: 1)
        let coverage = ModeCoverage(modes: [mode])!
        #expect(coverage.report(on: [Point(2, 2)]).highQuality == 1)
        #expect(coverage.report(on: [Point(0.3, -0.3)]).highQuality == 0)
    }

    @Test("no modes cannot be covered; one without extent is covered by fakes that nobody could tell from it")
    func degenerate() {
        #expect(ModeCoverage(modes: []) == nil)
        let point = ModeCoverage(modes: [Mode(mean: Point(0, 0), deviation: 0, weight: 1)])!
        #expect(point.report(on: [Point](repeating: Point(0.001, 0), count: 100)).covered == 1)
        #expect(point.report(on: [Point](repeating: Point(0.05, 0), count: 100)).covered == 0)
        let nothing = coverage.report(on: [])
        #expect(nothing.covered == 0 && nothing.highQuality == 0)
        #expect(coverage.report(on: [Point(.nan, .nan)]).covered == 0)
    }
}
