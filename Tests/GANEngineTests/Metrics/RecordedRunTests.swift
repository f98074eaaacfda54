import Foundation
import GANEngine
import RecordedRuns
import Testing

/// The verdict on runs of every target, under settings that learn it and under settings that do not, each to 100,000 steps:
/// `swift run -c release verdict-recorder record Tests/GANEngineTests/Metrics/recorded-runs.jsonl` measured them.
@Suite("The verdict on recorded runs")
struct RecordedRunTests {
    private static let runs: [RecordedRun] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "recorded-runs.jsonl")
        let lines = (try? Data(contentsOf: file))?.split(separator: UInt8(ascii: "\n")) ?? []
        return lines.compactMap { try? JSONDecoder().decode(RecordedRun.self, from: $0) }
    }()

    /// What was said at a milestone, beside what is so.
    private struct Said {
        let verdict: Verdict
        let measured: GANEngine.Measurement
        /// Whether fresh samples of the same networks are near the target too: every mode, at most three times the noise
        /// floor, three quarters of the precision.
        let isNear: Bool
    }

    private static func said(of run: RecordedRun) -> [Said] {
        let (tracker, measurements, fresh) = (run.tracker, run.measurements, run.freshValues)
        return measurements.indices.map { index in
            let values = fresh.milestones[index]
            // A target of one point has no noise floor; closer than this nobody sees a difference.
            let ratio = values[.slicedWasserstein] / max(fresh.floors[.slicedWasserstein], 0.003)
            let isComplete = run.modes.map { values[.modes] >= Float($0) } ?? true
            return Said(
                verdict: tracker.verdict(on: measurements[index], after: measurements[..<index]),
                measured: measurements[index],
                isNear: isComplete && ratio <= 3 && values[.precision] >= 0.75 * fresh.floors[.precision])
        }
    }

    @Test("every target is there twice")
    func collection() {
        #expect(Self.runs.count == 2 * NamedTarget.allCases.count)
        #expect(Self.runs.count { $0.milestones.last?.step ?? 0 > 95_000 } >= NamedTarget.allCases.count)
    }

    @Test("at most one \"learned\" in fifty is said of fakes that fresh samples find off the target")
    func falseLearned() {
        let learned = Self.runs.flatMap(Self.said).filter { $0.verdict.name == "learned" }
        let wrong = learned.count { !$0.isNear }
        #expect(learned.count > 200)
        #expect(50 * wrong <= learned.count, "\(wrong) of \(learned.count)")
    }

    @Test("from 20,000 steps on, the default settings' runs are called learned or nearly learned")
    func healthy() {
        for run in Self.runs where run.name.hasSuffix("healthy") {
            let late = Self.said(of: run).filter { $0.measured.step >= 20_000 }
            let good = late.count { ["learned", "close"].contains($0.verdict.name) }
            #expect(10 * good >= 9 * late.count, "\(run.name): \(good) of \(late.count)")
        }
    }

    @Test("modes are said to be missing, or collapsed, only where some are")
    func missing() {
        for said in Self.runs.flatMap(Self.said) {
            switch said.verdict {
            case .missing(let covered, let modes), .collapsed(let covered, let modes),
                .hopping(let covered, let modes):
                #expect(covered < modes && Float(covered) == said.measured.values[.modes])
            default: break
            }
        }
    }

    @Test("what is called learned covers every mode, and most of it looks real")
    func learned() {
        for run in Self.runs {
            for said in Self.said(of: run) where said.verdict.name == "learned" {
                #expect(said.measured.values[.precision] > 0.7, "\(run.name) at \(said.measured.step)")
                if let modes = run.modes { #expect(said.measured.values[.modes] == Float(modes)) }
            }
        }
    }
}
