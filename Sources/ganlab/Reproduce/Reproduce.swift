import ArgumentParser
import Dispatch
import GANEngine
import Glibc
import Synchronization

/// `ganlab reproduce`: runs a published comparison over seeds and prints ours beside it.
struct Reproduce: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a published comparison over seeds, and print ours beside it.",
        discussion: """
            Studies:
            \(Study.list)

            A run ends with 2,500 generated samples. One is of high quality within three standard deviations of its \
            nearest mode; a mode is captured if it is nearest to one such sample. A perfect sampler scores 98.9 %. \
            Every method is run with its paper's settings where ours can express them, and the differences are printed.
            """)

    @Argument(help: "The study; without one, they are listed.")
    var study: String?

    @Option(help: "Only this method of the study. May be given more than once.")
    var method: [String] = []

    @Option(help: "Runs of every method, with seeds 1, 2, 3 …")
    var seeds = 5

    @Option(help: "Training steps of a run; the paper's number without it.")
    var steps: Int?

    @Option(help: "Runs at the same time.")
    var threads = 2

    func validate() throws {
        guard (1...1000).contains(seeds) else { throw ValidationError("--seeds goes from 1 to 1000.") }
        guard (steps ?? 1) > 0 else { throw ValidationError("--steps must be positive.") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads goes from 1 to 64.") }
        guard let study else { return }
        guard let found = Study.named(study) else {
            let names = Study.all.map(\.name).joined(separator: ", ")
            throw ValidationError("There is no study “\(study)”. There are: \(names).")
        }
        for name in method where !found.rows.contains(where: { $0.method == name }) {
            let names = found.rows.map(\.method).joined(separator: ", ")
            throw ValidationError("\(study) has no method “\(name)”. It has: \(names).")
        }
    }

    func run() throws {
        guard let study = study.flatMap(Study.named) else { return print(Study.list) }
        let steps = steps ?? study.steps
        print(study.source)
        print("Ours differs: \(study.differences)")
        print("\(steps) steps a run" + (steps == study.steps ? "" : "; the paper: \(study.steps)") + ".")
        print("\nmodes captured / high quality, %    ours, \(seeds) seeds                published")

        let rows = study.rows.filter { method.isEmpty || method.contains($0.method) }
        let progress = Progress(total: rows.count * seeds * steps)
        for row in rows {
            let scores = scores(of: row.settings, steps, progress)
            progress.clear()
            let modes = Spread(scores.map(\.modes)).shown(1)
            let quality = Spread(scores.map(\.highQuality)).shown(1)
            let diverged = scores.count(where: \.hasDiverged)
            let note = diverged > 0 ? "   \(diverged) of \(seeds) diverged; scored as they stood" : ""
            print(row.method.padded(to: 35), "\(modes) / \(quality)".padded(to: 30), row.published + note)
            // A study may take hours: what is known by now is shown, whatever comes after.
            fflush(nil)
        }
        print("\nMean ± its standard error. \(progress.elapsed.minutesAndSeconds).")
    }

    /// What one run came to.
    private struct Score {
        var modes = 0.0
        var highQuality = 0.0
        var hasDiverged = false
    }

    /// One method under every seed, several at a time; each run belongs to one thread, so the number of threads
    /// changes nothing but time.
    private func scores(of settings: Settings, _ steps: Int, _ progress: Progress) -> [Score] {
        let results = Mutex([Score](repeating: Score(), count: seeds))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, seeds)) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < seeds else { return }
                var settings = settings
                settings.seed = UInt32(index + 1)
                let score = Self.score(settings, steps, progress)
                results.withLock { $0[index] = score }
            }
        }
        return results.withLock { $0 }
    }

    private static func score(_ settings: Settings, _ steps: Int, _ progress: Progress) -> Score {
        var score = Score()
        guard let experiment = try? Experiment(Recipe(settings: settings)),
            let coverage = TargetSampler(settings.target).modes.flatMap(ModeCoverage.init)
        else { return score }
        var left = steps
        while left > 0, !score.hasDiverged {
            let slice = min(left, 100)
            do { try experiment.run(steps: slice) } catch { score.hasDiverged = true }
            left -= slice
            progress.add(score.hasDiverged ? left + slice : slice)
        }
        let report = coverage.report(on: experiment.snapshot().fakes(2500))
        score.modes = Double(report.captured)
        score.highQuality = 100 * Double(report.highQuality)
        return score
    }
}

/// A mean and its standard error.
private struct Spread {
    let mean: Double
    let standardError: Double

    init(_ values: [Double]) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        standardError = count > 1 ? (squares / (count - 1) / count).squareRoot() : 0
    }

    func shown(_ decimals: Int) -> String {
        "\(mean.shown(width: 0, decimals)) ± \(standardError.shown(width: 0, decimals))"
    }
}
