import GANEngine

/// Why a command was refused, as the page is told: a code to act on, a path if one field is to blame, and a
/// sentence for a person.
package struct CommandError: Error, Hashable, Sendable, Encodable {
    package let code: String
    package let path: String?
    package let message: String

    /// What can go wrong besides what ``RecipeError`` says. The names are part of the protocol.
    package enum Code: String, Sendable {
        case malformedJSON, missingField, wrongType, outOfRange, unknownCommand
        case noSession, invalidSession, sessionFull, serverFull, watching, tooMany, tooOften
        case diverged, notFound, forbidden, unavailable, malformed, unsupportedVersion, tooLarge
    }

    package init(_ code: Code, path: String? = nil, _ message: String) {
        self.code = code.rawValue
        self.path = path
        self.message = message
    }

    package init(_ error: RecipeError) {
        code = error.code.rawValue
        path = error.path
        message = error.message
    }

    package init(_ error: LinkError) {
        switch error {
        case .refused(let error): self.init(error)
        case .unknownVersion: self.init(.unsupportedVersion, path: "link", error.description)
        case .tooLong, .tooLarge: self.init(.tooLarge, path: "link", error.description)
        case .empty, .foreignCharacter, .truncated, .damaged, .malformed:
            self.init(.malformed, path: "link", error.description)
        }
    }

    package init(_ error: StoreError) {
        switch error {
        case .unknown: self.init(.notFound, error.description)
        case .tooMany: self.init(.tooMany, error.description)
        default: self.init(.unavailable, error.description)
        }
    }

    /// What a JSON decoder found wrong, in words that name the field.
    init(decoding error: any Error) {
        switch error {
        case let error as CommandError:
            self = error
        case let error as RecipeError:
            self.init(error)
        case let error as LinkError:
            self.init(error)
        case let excess as JSONLimits.Excess:
            self.init(excess == .notJSON ? .malformedJSON : .tooLarge, excess.description)
        case DecodingError.keyNotFound(let key, let context):
            let path = Self.path(context.codingPath + [key])
            self.init(.missingField, path: path, "\(path) is missing.")
        case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
            self.init(.malformedJSON, "A command is a JSON object.")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            let path = Self.path(context.codingPath)
            self.init(.wrongType, path: path, "\(path) has the wrong type. \(context.debugDescription)")
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            let path = Self.path(context.codingPath)
            self.init(.malformed, path: path, "\(path) is not valid. \(context.debugDescription)")
        default:
            self.init(.malformedJSON, "This is not valid JSON.")
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        let path = keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return path.excerpt(200)
    }
}
