import ArgumentParser
import FoundationEssentials
import Lab

/// `ganlab gallery`: what people have saved, for whoever runs the lab.
struct Gallery: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "List what is saved in a data folder's gallery, or delete from it, also while the server runs.",
        subcommands: [List.self, Delete.self])

    struct Folder: ParsableArguments {
        @Option(help: "The folder given to serve.")
        var dataDir: String

        func open() throws -> GalleryFolder {
            do {
                return try GalleryFolder(folder: dataDir)
            } catch {
                throw Refusal("\(error)")
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print every saved experiment: name, day, bytes, title, and who saved it.")

        @OptionGroup var folder: Folder

        func run() throws {
            for entry in try folder.open().entries() {
                let day = entry.created.formatted(.iso8601.year().month().day())
                let deleted = entry.deleted == nil ? "" : " (deleted, can be restored)"
                let nickname = entry.nickname.isEmpty ? "" : ", \(entry.nickname)"
                print(
                    "\(entry.id) \(day) \("\(entry.bytes)".aligned(to: 8)) \(entry.title)\(nickname)\(deleted)"
                )
            }
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete saved experiments for good, whoever saved them.")

        @OptionGroup var folder: Folder

        @Argument(help: "The names that list prints first in each line.")
        var names: [String]

        func run() throws {
            let missing = try folder.open().delete(names)
            print("Deleted \(Set(names).count - Set(missing).count).")
            guard missing.isEmpty else {
                throw Refusal("nothing is saved under \(missing.joined(separator: ", "))")
            }
        }
    }
}
