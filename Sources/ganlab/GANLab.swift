import ArgumentParser

/// The command line: `ganlab serve` and its siblings, one file each.
@main
struct GANLab: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ganlab",
        abstract: "FrameRequest generative adversarial networks learn, live, in two dimensions.",
        subcommands: [Serve.self, Trace.self, Bench.self, Reproduce.self, Backup.self, Gallery.self],
        defaultSubcommand: Serve.self)
}
