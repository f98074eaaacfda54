import ArgumentParser
import FoundationEssentials
import GANEngine

/// `ganlab trace`: writes down training steps in full.
struct Trace: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write down training steps in full, to be checked by hand.",
        discussion: """
            For every step: both networks and their optimizers before and after, every latent vector and sample that was \
            drawn, losses, penalties and gradients. A JSON list of objects of schema ganlab-trace/1.
            """)

    @OptionGroup var source: RecipeSource

    @Option(help: "How many steps to write.")
    var steps = 1

    @Option(help: "Steps to run before the first one that is written.")
    var after = 0

    @Option(name: .shortAndLong, help: "The file to write; standard output without it.")
    var output: String?

    func validate() throws {
        guard (1...10_000).contains(steps) else { throw ValidationError("--steps goes from 1 to 10000.") }
        guard after >= 0 else { throw ValidationError("--after cannot be negative.") }
    }

    func run() throws {
        let experiment = try Experiment(source.load())
        var objects: [String] = []
        do {
            try experiment.run(steps: after)
            for _ in 0..<steps { objects.append(try experiment.traceStep().json) }
        } catch {
            // What was written so far is what somebody wants to see.
            StandardError().write("\(error)\n")
        }
        let text = "[" + objects.joined(separator: ",\n") + "]\n"
        guard let output else { return print(text, terminator: "") }
        do {
            try Data(text.utf8).write(to: URL(filePath: output))
        } catch {
            throw ValidationError("Cannot write \(output).")
        }
        if objects.count < steps { throw ExitCode.failure }
    }
}
