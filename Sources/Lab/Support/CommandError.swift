import GANEngine

/// Why a command was refused, as the page is told: a code to act on, a path if one field is to blame, and a
/// sentence for a person.
package struct CommandError: Error, Hashable, Sendable, Encodable {
    package let code: String
    package let path: String?
    package let message: String
    /// What `message` says, for a page that says it in its own language; nil where code and path suffice.
    package let details: Details?

    /// What went wrong within a code, and what differs from case to case.
    package struct Details: Hashable, Sendable, Encodable {
        package let reason: String
        package let values: [String: String]

        package init(_ reason: String, _ values: [String: String] = [:]) {
            self.reason = reason
            self.values = values
        }
    }

    /// What can go wrong besides what ``RecipeError`` says. The names are part of the protocol.
    package enum Code: String, Sendable {
        case malformedJSON, missingField, wrongType, outOfRange, unknownCommand
        case noSession, invalidSession, sessionFull, serverFull, watching, tooMany, tooOften
        case diverged, notFound, forbidden, unavailable, malformed, unsupportedVersion, tooLarge
    }

    package init(_ code: Code, path: String? = nil, _ message: String, details: Details? = nil) {
        self.code = code.rawValue
        self.path = path
        self.message = message
        self.details = details
    }

    package init(_ error: RecipeError) {
        code = error.code.rawValue
        path = error.path
        message = error.message
        details = nil
    }
}
