import GANEngine
import Testing

@Suite("Precision and recall")
struct PrecisionRecallTests {
    @Test("agree with NumPy")
    func golden() {
        let report = PrecisionRecall(real: Samples.real).report(on: Samples.fake)
        #expect(report.precision == 1)
        #expect(agree(report.recall, 0.715))
        let exchanged = PrecisionRecall(real: Samples.fake).report(on: Samples.real)
        #expect(agree(exchanged.precision, 0.715))
    }

    @Test("collapse keeps precision and loses recall; blur loses precision and keeps recall")
    func collapseAndBlur() {
        let neighbours = PrecisionRecall(real: Samples.ring(1000, seed: 1))
        let collapsed = neighbours.report(on: Samples.ring(1000, seed: 2, modes: [3]))
        #expect(collapsed.precision > 0.9 && collapsed.recall < 0.15)
        let blurred = neighbours.report(on: Samples.gaussian(1000, seed: 3))
        #expect(blurred.precision < 0.05 && blurred.recall > 0.8)
        let good = neighbours.report(on: Samples.ring(1000, seed: 4))
        #expect(good.precision > 0.9 && good.recall > 0.9)
    }

    @Test("a ball reaches the third nearest neighbour, and no further")
    func radius() {
        let line = (0..<10).map { Point(Float($0), 0) }
        let neighbours = PrecisionRecall(real: line)
        func isReal(_ x: Float) -> Bool {
            neighbours.report(on: [Point(x, 0)] + Array(repeating: Point(50, 0), count: 3)).precision > 0
        }
        // The last point's third neighbour is 3 away; the ones before it reach no further than 11.
        #expect(isReal(12) && !isReal(12.1))
        #expect(isReal(-3) && !isReal(-3.1))
    }

    @Test("need more than three points on either side")
    func undefined() {
        let neighbours = PrecisionRecall(real: Samples.real)
        #expect(neighbours.report(on: Array(Samples.fake.prefix(3))).recall.isNaN)
        let nowhere = neighbours.report(on: Array(repeating: Point(.nan, .nan), count: 20))
        #expect(nowhere.precision == 0 && nowhere.recall == 0)
    }
}
