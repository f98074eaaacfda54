import GANEngine

/// Why a link could not be opened. `description` is one line for a person.
package enum LinkError: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    case tooLong(limit: Int)
    /// A character that no link contains.
    case foreignCharacter(Character)
    /// The end of the link is missing.
    case truncated
    /// Something was changed on the way.
    case damaged
    /// Written by a later version of GAN Lab, or no link at all.
    case unknownVersion(Int)
    /// It unpacks to more than an experiment can hold.
    case tooLarge
    /// It is whole, but no version ever wrote such a thing.
    case malformed
    /// It is whole, but what it describes is not an experiment that this version can run.
    case refused(RecipeError)

    package var description: String {
        switch self {
        case .empty: "The link is empty."
        case .tooLong(let limit): "The link is longer than \(limit) characters."
        case .foreignCharacter(let character): "The link contains '\(character)', which no link does."
        case .truncated: "The end of the link is missing. Was it cut off when it was copied?"
        case .damaged: "The link is damaged: something in it was changed."
        case .unknownVersion(let version):
            "The link has version \(version), which this GAN Lab does not know."
        case .tooLarge: "The link unpacks to more than an experiment can hold."
        case .malformed: "The link does not describe an experiment."
        case .refused(let error): "The link's experiment cannot be run: \(error.message)"
        }
    }
}

extension CommandError {
    package init(_ error: LinkError) {
        switch error {
        case .refused(let error): self.init(error)
        case .unknownVersion: self.init(.unsupportedVersion, path: "link", error.description)
        case .tooLong, .tooLarge: self.init(.tooLarge, path: "link", error.description)
        case .empty, .foreignCharacter, .truncated, .damaged, .malformed:
            self.init(.malformed, path: "link", error.description)
        }
    }
}
