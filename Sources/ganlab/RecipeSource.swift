import ArgumentParser
import FoundationEssentials
import GANEngine
import Lab

/// Where a command takes its experiment from: a file, a preset, or the defaults.
struct RecipeSource: ParsableArguments {
    @Argument(help: "A recipe as JSON, as the lab saves it. Without one: the default experiment.")
    var recipe: String?

    @Option(help: "A ready-made experiment instead; an unknown name lists them.")
    var preset: String?

    @Option(help: "Another seed than the recipe's.")
    var seed: UInt32?

    func validate() throws {
        guard recipe == nil || preset == nil else {
            throw ValidationError("Give a recipe or --preset, not both.")
        }
    }

    /// The recipe asked for; one clear line if it cannot be had.
    func load() throws -> Recipe {
        var recipe = try named() ?? file() ?? Recipe()
        if let seed { recipe.settings.seed = seed }
        do {
            try recipe.validate()
        } catch {
            throw ValidationError("\(error.path): \(error.message)")
        }
        return recipe
    }

    private func named() throws -> Recipe? {
        guard let preset else { return nil }
        guard let found = Preset.named(preset) else {
            let names = Preset.all.map(\.name).joined(separator: ", ")
            throw ValidationError("There is no preset “\(preset)”. There are: \(names).")
        }
        return found.recipe
    }

    private func file() throws -> Recipe? {
        guard let path = recipe else { return nil }
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw ValidationError("Cannot read \(path).")
        }
        do {
            return try RecipeFile.decode([UInt8](data))
        } catch .refused(let error) {
            throw ValidationError("\(path): \(error.path): \(error.message)")
        } catch {
            throw ValidationError("\(path) is not a recipe. \(error.description)")
        }
    }
}
