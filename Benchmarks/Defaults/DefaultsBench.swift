import ArgumentParser
import Dispatch
import Foundation
import GANEngine
import Synchronization

/// `defaults-bench`: whether the default settings learn every target of the lab and stay there, over seeds.
@main
struct DefaultsBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure how well settings learn the lab's targets, and whether they stay there.",
        discussion: """
            One line for every run: target, seed, then at each of the steps the sliced Wasserstein distance over its \
            noise floor, the modes covered, precision and recall. A summary follows.
            """)

    @Option(help: "The defaults to start from: the version of a recipe.")
    var version = RecipeVersion.current.rawValue

    @Option(
        help:
            "A setting that differs from them, as in batch=64 or generator.hidden=[64,64]. May be given more than once."
    )
    var set: [Assignment] = []

    @Option(help: "Only this target. May be given more than once.")
    var target: [NamedTarget] = []

    @Option(help: "Runs of every target, with seeds 1, 2, 3 …")
    var seeds = 8

    @Option(parsing: .upToNextOption, help: "Steps at which to measure.")
    var at = [5_000, 20_000, 40_000, 60_000, 80_000, 100_000]

    @Option(help: "Runs at the same time.")
    var threads = 1

    func run() throws {
        guard let version = RecipeVersion(rawValue: version) else {
            throw ValidationError("There is no version \(version).")
        }
        var settings = Settings(version)
        for assignment in set { try settings.set(assignment.path, to: assignment.value) }
        let targets = target.isEmpty ? NamedTarget.allCases : target
        let runs = targets.flatMap { target in
            (1...UInt32(seeds)).map { seed in
                var settings = settings
                settings.target = .named(target)
                settings.seed = seed
                return settings
            }
        }
        let summary = Summary(try measure(runs))
        for step in at { print(summary.row(at: step)) }
        print()
        for target in targets { print(summary.row(of: target)) }
    }

    /// Every run's figures, printed as soon as a run is over.
    private func measure(_ runs: [Settings]) throws -> [Figures] {
        let results = Mutex([Figures]())
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < runs.count else { return }
                let figures = Self.figures(of: runs[index], at: at)
                results.withLock { $0 += figures }
                print(figures.map(\.description).joined(separator: "\n"))
                fflush(nil)
            }
        }
        return results.withLock { $0 }
    }

    private static func figures(of settings: Settings, at steps: [Int]) -> [Figures] {
        guard let experiment = try? Experiment(Recipe(settings: settings)) else { return [] }
        let evaluator = MetricEvaluator(settings)
        return steps.map { step in
            // A run that diverges stays before the step where it did, and is measured there.
            try? experiment.run(steps: step - experiment.step)
            return Figures(
                step: step, settings: settings, evaluator, evaluator.measure(experiment.snapshot()).values)
        }
    }
}

/// What one run came to at a step.
struct Figures: CustomStringConvertible {
    let step: Int
    let target: Target
    let seed: UInt32
    /// Sliced Wasserstein over its noise floor.
    let ratio: Float
    let missing: Int
    let precision: Float
    let recall: Float

    init(step: Int, settings: Settings, _ evaluator: MetricEvaluator, _ values: MetricValues) {
        self.step = step
        target = settings.target
        seed = settings.seed
        ratio = values[.slicedWasserstein] / max(evaluator.floors.median[.slicedWasserstein], Self.invisible)
        missing = evaluator.modes.map { $0 - Int(values[.modes]) } ?? 0
        precision = values[.precision]
        recall = values[.recall]
    }

    /// A target of one point has no noise floor; closer than this nobody sees a difference.
    private static let invisible: Float = 0.003

    var description: String {
        String(
            format: "%@ seed %d step %6d: %5.2f × floor, %d modes missing, precision %.2f, recall %.2f",
            name, Int(seed), step, ratio, missing, precision, recall)
    }

    var name: String {
        if case .named(let name) = target { name.rawValue } else { "" }
    }
}

/// All runs together.
struct Summary {
    private let figures: [Figures]

    init(_ figures: [Figures]) { self.figures = figures }

    func row(at step: Int) -> String {
        "| \(step) | " + cells(of: figures.filter { $0.step == step }) + " |"
    }

    /// From the second step at which it was measured.
    func row(of target: NamedTarget) -> String {
        let late = figures.filter { $0.name == target.rawValue && $0.step > (figures.map(\.step).min() ?? 0) }
        return "| \(target.rawValue) | " + cells(of: late) + " |"
    }

    /// Median, nine tenths and worst of the ratio; the runs that lack a mode; the least precision and recall.
    private func cells(of some: [Figures]) -> String {
        let ratios = some.map(\.ratio).sorted()
        guard let worst = ratios.last else { return "" }
        return String(
            format: "%.2f | %.2f | %.2f | %d of %d | %.2f | %.2f", ratios[ratios.count / 2],
            ratios[ratios.count * 9 / 10], worst, some.count { $0.missing > 0 }, some.count,
            some.map(\.precision).min() ?? .nan, some.map(\.recall).min() ?? .nan)
    }
}

/// `path=value` on the command line.
struct Assignment: ExpressibleByArgument {
    let path: String
    let value: Value

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        path = String(parts[0])
        let text = String(parts[1])
        // A value as in a recipe, or a word that need not be quoted.
        value = (try? JSONDecoder().decode(Value.self, from: Data(text.utf8))) ?? .text(text)
    }
}

extension NamedTarget: ExpressibleByArgument {}
