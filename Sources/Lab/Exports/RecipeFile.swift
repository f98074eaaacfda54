import FoundationEssentials
import GANEngine

/// A recipe as a JSON file, made to be read and changed by hand.
package enum RecipeFile {
    /// Bytes of the largest file that is read.
    package static let maximumBytes = 4 << 20

    package static func encode(_ recipe: Recipe) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // A recipe that is being run is finite and validated, and so encodes.
        return (try? encoder.encode(recipe)).map { [UInt8]($0) + [UInt8(ascii: "\n")] } ?? []
    }

    /// What is left out has its default.
    package static func decode(_ bytes: [UInt8]) throws(ImportError) -> Recipe {
        guard bytes.count <= maximumBytes else { throw .tooLarge(bytes: bytes.count, limit: maximumBytes) }
        do {
            return try JSON.decode(Recipe.self, from: bytes)
        } catch let error as RecipeError {
            throw .refused(error)
        } catch let error as DecodingError {
            throw .notJSON(place: error.place)
        } catch let excess as JSONLimits.Excess {
            throw .excessive(excess)
        } catch {
            throw .notJSON(place: "it cannot be read")
        }
    }
}

extension DecodingError {
    /// Where and what, for a person.
    var place: String {
        let (context, problem) =
            switch self {
            case .typeMismatch(_, let context): (context, "has another type than expected")
            case .valueNotFound(_, let context): (context, "has no value")
            case .keyNotFound(let key, let context): (context, "lacks “\(key.stringValue)”")
            case .dataCorrupted(let context): (context, "is not JSON")
            @unknown default: (Context(codingPath: [], debugDescription: ""), "cannot be read")
            }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(
            separator: " ")
        return "\(path.isEmpty ? "it" : "“\(path.excerpt(200))”") \(problem)"
    }
}
