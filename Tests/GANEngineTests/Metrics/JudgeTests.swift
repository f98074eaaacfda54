import GANEngine
import Testing

/// Made-up runs on the ring of eight, measured by the real metrics.
@Suite("Verdicts")
struct JudgeTests {
    private static let suite = MetricSuite(
        reals: Samples.ring(20_000, seed: 1), view: View(centre: Point(0, 0), halfExtent: 1.4),
        modes: Samples.ringModes)
    private static let floors = NoiseFloors((0..<5).map { suite.measure(Samples.ring(2000, seed: 100 + $0)) })

    /// The verdict on the last of several sets of fakes, measured 100 steps apart, with a discriminator that is
    /// right about `accuracy` of them and leaves gradients of length `gradient`.
    private func verdict(
        _ history: [[Point]], modes: Int? = 8, accuracy: Float = 0.6, gradient: Float = 1
    ) -> Verdict {
        let tracker = VerdictTracker(floors: Self.floors, targetVariance: 1, modes: modes)
        let measurements = measurements(history, modes: modes, accuracy: accuracy, gradient: gradient)
        return tracker.verdict(on: measurements[history.count - 1], after: measurements.dropLast())
    }

    private func measurements(
        _ history: [[Point]], modes: Int? = 8, accuracy: Float = 0.6, gradient: Float = 1
    ) -> [Measurement] {
        history.enumerated().map { index, fakes in
            var values = Self.suite.measure(fakes)
            values[.realAccuracy] = accuracy
            values[.fakeAccuracy] = accuracy
            values[.gradientNorm] = gradient
            return Measurement(
                step: 100 * (index + 1), values: values, moments: Moments(fakes),
                isCovered: modes == nil ? nil : Self.suite.coverage(of: fakes))
        }
    }

    private func ring(_ modes: [Int], seed: UInt64 = 7) -> [Point] {
        Samples.ring(2000, seed: seed, modes: modes)
    }

    @Test("fresh real samples are learned")
    func learned() {
        guard case .learned(let ratio) = verdict([ring(Array(0..<8))]) else {
            Issue.record("not learned")
            return
        }
        #expect(ratio < 2)
    }

    @Test("sharp fakes on few modes are collapsed; on most modes, some are missing")
    func collapse() {
        #expect(verdict([ring([3])]) == .collapsed(covered: 1, of: 8))
        #expect(verdict([ring([0, 1, 4])]) == .collapsed(covered: 3, of: 8))
        #expect(verdict([ring([0, 1, 2, 3, 4, 6, 7])]) == .missing(covered: 7, of: 8))
        let between = Samples.gaussian(2000, seed: 2).map { Point(0.1 * $0.x, 0.1 * $0.y) }
        #expect(verdict([between]) == .collapsed(covered: 0, of: 8))
    }

    @Test("from mode to mode is hopping, staying is not")
    func hopping() {
        #expect(verdict([ring([0]), ring([3]), ring([5]), ring([2])]) == .hopping(covered: 1, of: 8))
        #expect(verdict((0..<6).map { ring([2], seed: $0) }) == .collapsed(covered: 1, of: 8))
        // Losing one mode on the way to more is learning, not hopping.
        #expect(
            verdict([ring([0]), ring([1, 2, 3, 4, 5]), ring([0, 1, 2, 3, 4, 5])])
                == .missing(covered: 6, of: 8))
    }

    @Test("a sure discriminator without gradients has vanished; with gradients, it leads")
    func vanishing() {
        let far = Samples.gaussian(2000, seed: 3).map { Point(0.05 * $0.x - 1.2, 0.05 * $0.y) }
        #expect(verdict([far], accuracy: 1, gradient: 1e-4) == .vanished(gradient: 1e-4))
        #expect(verdict([far], accuracy: 1, gradient: 1) == .collapsed(covered: 0, of: 8))
        #expect(verdict([far], accuracy: 0.8, gradient: 1e-4) == .collapsed(covered: 0, of: 8))
    }

    @Test("fakes off the picture are outside; fakes that are no numbers have diverged")
    func outside() {
        #expect(verdict([ring([0, 1, 2]).map { Point($0.x + 5, $0.y) }]) == .outside(share: 1))
        #expect(verdict([[Point(.nan, 0), Point(0, 0)]]) == .diverged)
    }

    @Test("a blob in the ring's place is learning at first, and blurred when it stays")
    func blurred() {
        let blob = Samples.gaussian(2000, seed: 4).map { Point($0.x * 0.7, $0.y * 0.7) }
        guard case .learning = verdict([blob]),
            case .blurred(let precision) = verdict(Array(repeating: blob, count: 12))
        else {
            Issue.record("not blurred")
            return
        }
        #expect(precision < 0.1)
    }

    @Test("a blob that goes round in circles oscillates")
    func oscillating() {
        let round = (0..<12).map { turn in
            let centre = Samples.ringModes[turn % 8].mean
            return Samples.gaussian(2000, seed: UInt64(turn)).map {
                Point(0.4 * $0.x + 0.5 * centre.x, 0.4 * $0.y + 0.5 * centre.y)
            }
        }
        guard case .oscillating(let swing) = verdict(round) else {
            Issue.record("not oscillating")
            return
        }
        #expect(swing > 0.3 && swing < 0.5)
    }

    @Test("without modes to count, collapse is narrowness")
    func narrow() {
        guard case .narrow(let recall) = verdict([ring([0])], modes: nil) else {
            Issue.record("not narrow")
            return
        }
        #expect(recall < 0.2)
    }

    @Test("numbers on the wire are never reassigned, and every verdict shows what it rests on")
    func wire() {
        let all: [Verdict] = [
            .diverged, .warmingUp, .learned(ratio: 1), .close(ratio: 4), .vanished(gradient: 0),
            .outside(share: 1),
            .collapsed(covered: 1, of: 8), .narrow(recall: 0), .hopping(covered: 1, of: 8),
            .oscillating(swing: 1),
            .missing(covered: 7, of: 8), .blurred(precision: 0), .learning(ratio: 9), .stalled(ratio: 9),
        ]
        #expect(
            all.map { "\($0.id) \($0.name)" } == [
                "0 diverged", "1 warmingUp", "2 learned", "3 close", "4 vanished", "5 outside", "6 collapsed",
                "7 narrow", "8 hopping", "9 oscillating", "10 missing", "11 blurred", "12 learning",
                "13 stalled",
            ])
        #expect(all[6].evidence.map { "\($0.name) \($0.value)" } == ["covered 1.0", "of 8.0"])
        #expect(all.dropFirst(2).filter { $0.evidence.isEmpty }.isEmpty)
    }

    @Test("a run that stays far off has stalled; one that comes closer is learning")
    func progress() {
        // All modes, half of the way out.
        func ring(_ scale: Float) -> [Point] {
            Samples.ring(2000, seed: 6).map { Point(scale * $0.x, scale * $0.y) }
        }
        guard case .stalled = verdict((0..<12).map { _ in ring(0.5) }),
            case .learning = verdict((0..<12).map { ring(0.4 + 0.02 * Float($0)) })
        else {
            Issue.record("wrong about progress")
            return
        }
    }

    private func scaled(_ scale: Float) -> [Point] {
        Samples.ring(2000, seed: 6).map { Point(scale * $0.x, scale * $0.y) }
    }

    @Test("learned has to last from one milestone to the next, and ends at once")
    func promotion() {
        #expect(verdict([scaled(0.5), scaled(1)]).name == "close")
        #expect(verdict([scaled(1), scaled(1)]).name == "learned")
        #expect(verdict([scaled(1), scaled(1), scaled(0.8)]).name != "learned")
    }

    @Test("a run that had learned says since when it no longer has, and where it was best")
    func lost() {
        let tracker = VerdictTracker(floors: Self.floors, targetVariance: 1, modes: 8)
        func lost(_ scales: [Float]) -> LostQuality? {
            let measurements = measurements(scales.map(scaled))
            return tracker.lostQuality(at: measurements[scales.count - 1], after: measurements.dropLast())
        }
        #expect(lost([0.5, 1, 1]) == nil)
        #expect(lost([0.5, 0.6, 0.5]) == nil)
        #expect(lost([0.5, 0.99, 1, 0.6, 0.5])?.since == 400)
        #expect(lost([0.5, 0.99, 1, 0.6, 0.5])?.best == 300)
        #expect(lost([1, 0.5])?.since == 200)
    }

    @Test("covering every mode is not enough to be learned: the fakes have to lie on them")
    func bridges() {
        // A third of the fakes lies between neighbouring modes.
        let modes = Samples.ringModes.map(\.mean)
        let fakes = Samples.ring(2000, seed: 8).enumerated().map { index, point in
            guard index % 3 == 0 else { return point }
            let (a, b) = (modes[index / 3 % 8], modes[(index / 3 + 1) % 8])
            return Point((a.x + b.x) / 2, (a.y + b.y) / 2)
        }
        #expect(verdict([fakes]).name != "learned")
    }

    @Test("a discriminator that says the same everywhere leaves no gradient, however unsure it is")
    func deadDiscriminator() {
        let far = Samples.gaussian(2000, seed: 3).map { Point(0.3 * $0.x - 1, 0.3 * $0.y) }
        #expect(verdict([far], accuracy: 0.5, gradient: 0) == .vanished(gradient: 0))
    }

    @Test("one point, met to within what can be seen, is learned")
    func onePoint() {
        let suite = MetricSuite(
            reals: [Point](repeating: Point(0, 0), count: 2000),
            view: View(centre: Point(0, 0), halfExtent: 1),
            modes: nil)
        let floors = NoiseFloors([suite.measure([Point](repeating: Point(0, 0), count: 2000))])
        let tracker = VerdictTracker(floors: floors, targetVariance: 0, modes: nil)
        let fakes = Samples.gaussian(2000, seed: 9).map { Point(1e-4 * $0.x, 1e-4 * $0.y) }
        let measurement = Measurement(
            step: 500, values: suite.measure(fakes), moments: Moments(fakes), isCovered: nil)
        #expect(tracker.verdict(on: measurement, after: []).name == "learned")
    }

    @Test("the first hundred steps are warming up")
    func warmingUp() {
        let tracker = VerdictTracker(floors: Self.floors, targetVariance: 1, modes: 8)
        var measurement = measurements([ring([0])])[0]
        measurement.step = 99
        #expect(tracker.verdict(on: measurement, after: []) == .warmingUp)
    }

    @Test("modes are said to be missing only if some are")
    func completeness() {
        // All eight modes, with a third of the fakes between them.
        let blurred = Samples.ring(2000, seed: 8).enumerated().map { index, point in
            index % 3 == 0 ? Point(0.5 * point.x, 0.5 * point.y) : point
        }
        let verdict = verdict(Array(repeating: blurred, count: 12))
        #expect(Self.suite.coverage(of: blurred)?.allSatisfy(\.self) == true)
        #expect(verdict.name != "missing" && verdict.name != "learned")
    }
}
