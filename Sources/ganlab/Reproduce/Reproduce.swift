import ArgumentParser
import Dispatch
import GANEngine
import Synchronization

/// `ganlab reproduce`: runs a published comparison over seeds and prints ours beside it.
struct Reproduce: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a published comparison over seeds, and print ours beside it.",
        discussion: """
            Studies: \(Study.all.map(\.name).joined(separator: ", ")).
            2,500 generated samples a run; one is of high quality within three standard deviations of its nearest mode; \
            a mode is captured if it is nearest to one such sample. A perfect sampler scores 98.9 %.
            """)

    @Argument(help: "The study.")
    var study: String

    @Option(help: "Runs of every method, with seeds 1, 2, 3 …")
    var seeds = 5

    @Option(help: "Training steps of a run; the paper's number without it.")
    var steps: Int?

    @Option(help: "Runs at the same time.")
    var threads = 2

    func validate() throws {
        guard Study.all.contains(where: { $0.name == study }) else {
            let names = Study.all.map(\.name).joined(separator: ", ")
            throw ValidationError("There is no study “\(study)”. There are: \(names).")
        }
        guard (1...1000).contains(seeds) else { throw ValidationError("--seeds goes from 1 to 1000.") }
        guard (steps ?? 1) > 0 else { throw ValidationError("--steps must be positive.") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads goes from 1 to 64.") }
    }

    func run() throws {
        guard let study = Study.all.first(where: { $0.name == study }) else { return }
        let steps = steps ?? study.steps
        print(study.source)
        print("Ours differs: \(study.differences)")
        if steps != study.steps { print("Ours runs \(steps) steps, the paper \(study.steps).") }
        let runs = study.rows.flatMap { row in (1...seeds).map { (row.settings, UInt32($0)) } }
        let scores = Self.scores(of: runs, steps: steps, threads: threads)

        print("\nmodes captured / high quality, %    ours (\(seeds) seeds)             published")
        for (index, row) in study.rows.enumerated() {
            let mine = scores[index * seeds..<(index + 1) * seeds]
            let modes = Spread(mine.map(\.modes)).shown(1)
            let quality = Spread(mine.map(\.highQuality)).shown(1)
            let diverged = mine.count(where: \.hasDiverged)
            let note = diverged > 0 ? "   \(diverged) of \(seeds) diverged; scored as they stood" : ""
            print(row.method.padded(to: 35), "\(modes) / \(quality)".padded(to: 27), row.published + note)
        }
    }

    /// What one run came to.
    private struct Score {
        var modes = 0.0
        var highQuality = 0.0
        var hasDiverged = false
    }

    /// All runs, several at a time; each belongs to one thread, so the number of threads changes nothing but
    /// time.
    private static func scores(of runs: [(Settings, UInt32)], steps: Int, threads: Int) -> [Score] {
        let results = Mutex([Score](repeating: Score(), count: runs.count))
        let next = Atomic(0)
        let progress = Progress(total: runs.count * steps)
        DispatchQueue.concurrentPerform(iterations: min(threads, runs.count)) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < runs.count else { return }
                var (settings, seed) = runs[index]
                settings.seed = seed
                let score = score(settings, steps, progress)
                results.withLock { $0[index] = score }
            }
        }
        progress.finish()
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
