import ArgumentParser
import Dispatch
import Foundation
import GANEngine
import RecordedRuns
import Synchronization

/// `verdict-recorder`: measures runs for the tests of the verdict.
@main
struct VerdictRecorder: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure runs for the tests of the verdict.", subcommands: [Record.self, Presets.self])
}

/// Every target under settings that learn it and under settings that do not.
struct Record: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Record every target, healthy and failing, one JSON object on a line.")

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @Option(help: "How far to run.")
    var steps = 100_000

    @Option(help: "Runs at the same time.")
    var threads = 1

    func run() throws {
        let runs = NamedTarget.allCases.flatMap { target in
            [("healthy", Settings()), ("failing", .failing)].map { name, settings in
                var settings = settings
                settings.target = .named(target)
                return ("\(target.rawValue), \(name)", settings)
            }
        }
        let lines = Mutex([Int: Data]())
        concurrently(threads, runs.count) { index in
            let recorded = try RecordedRun(runs[index].0, runs[index].1, steps: steps)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            let line = try encoder.encode(recorded)
            lines.withLock { $0[index] = line }
        }
        let sorted = lines.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
        try Data(sorted.flatMap { $0 + Data("\n".utf8) }).write(to: URL(filePath: file))
    }
}

/// What the lab says of every ready-made experiment.
struct Presets: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say how often each verdict is given on each ready-made experiment, under several seeds.")

    @Option(help: "Only this one. May be given more than once.")
    var preset: [String] = []

    @Option(help: "A recipe's JSON to try in place of the ready-made ones.")
    var recipe: String?

    @Option(help: "Seeds, counted from the preset's own.")
    var seeds = 8

    @Option(help: "Steps after those before it is shown.")
    var steps = 6_000

    @Option(help: "Runs at the same time.")
    var threads = 1

    func run() throws {
        let subjects = try subjects()
        let runs = subjects.flatMap { subject in (0..<UInt32(seeds)).map { (subject, $0) } }
        concurrently(threads, runs.count) { index in
            let (subject, offset) = runs[index]
            print(try subject.line(seedOffset: offset, steps: steps))
            fflush(nil)
        }
    }

    private func subjects() throws -> [Subject] {
        if let recipe {
            let decoded = try JSONDecoder().decode(Recipe.self, from: Data(recipe.utf8))
            return [Subject(name: "recipe", recipe: decoded, start: 0)]
        }
        return Preset.all.filter { preset.isEmpty || preset.contains($0.name) }
            .map { Subject(name: $0.name, recipe: $0.recipe, start: $0.step) }
    }
}

/// A recipe that is judged under several seeds.
private struct Subject {
    let name: String
    let recipe: Recipe
    /// The step at which it is shown first.
    let start: Int

    /// Steps for which each verdict held, then the last one with its figures.
    func line(seedOffset: UInt32, steps: Int) throws -> String {
        var recipe = recipe
        recipe.settings.seed &+= seedOffset
        let evaluator = MetricEvaluator(recipe.settings)
        let tracker = VerdictTracker(evaluator)
        let experiment = try Experiment(recipe)
        var milestones: [GANEngine.Measurement] = []
        var held: [(name: String, steps: Int)] = []
        var last = Verdict.warmingUp
        let end = start + steps
        while experiment.step < end {
            let before = experiment.step
            let next = [Milestones.distance(from: before), end - before, start - before]
            do {
                try experiment.run(steps: next.filter { $0 > 0 }.min() ?? 1)
            } catch {
                last = .diverged
                break
            }
            let measured = evaluator.measure(experiment.snapshot())
            last = tracker.verdict(on: measured, after: milestones)
            if Milestones.contains(measured.step) { milestones.append(measured) }
            guard experiment.step >= start else { continue }
            if held.last?.name == last.name {
                held[held.count - 1].steps = experiment.step
            } else {
                held.append((last.name, experiment.step))
            }
        }
        let story = held.map { "\($0.name) …\($0.steps)" }.joined(separator: ", ")
        return "\(name) seed \(recipe.settings.seed): \(story); at the end \(last)"
    }
}

extension Settings {
    /// The first defaults without R1, with momentum in Adam: what has been learned comes apart.
    fileprivate static var failing: Settings {
        var settings = Settings(.first)
        settings.penalty.r1 = 0
        settings.generator.optimizer.beta1 = 0.9
        settings.discriminator.optimizer.beta1 = 0.9
        settings.generator.optimizer.learningRate = 0.003
        settings.discriminator.optimizer.learningRate = 0.003
        return settings
    }
}

/// Does `work` for each index, some at the same time; an error ends that one and is printed.
private func concurrently(_ threads: Int, _ count: Int, _ work: @Sendable (Int) throws -> Void) {
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            do { try work(index) } catch { print("\(index): \(error)") }
        }
    }
}
