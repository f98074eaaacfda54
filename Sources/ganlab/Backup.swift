import ArgumentParser
import Lab

/// `ganlab backup`: a copy of everything that is kept, also while the server runs.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy everything in a data folder to one file, also while the server runs.")

    @Option(help: "The folder given to serve.")
    var dataDir: String

    @Argument(help: "The file to write; it must not exist yet.")
    var file: String

    func run() throws {
        do {
            try DataBackup.write(folder: dataDir, to: file)
        } catch {
            throw Refusal("\(error)")
        }
        print("Copied to \(file). To restore, put it into a data folder as ganlab.sqlite.")
    }
}
