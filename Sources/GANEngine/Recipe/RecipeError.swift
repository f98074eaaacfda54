/// Why a recipe was refused. `path` names the setting, `message` says what is wrong and what would be right.
public struct RecipeError: Error, Hashable, Sendable {
    /// The kind of refusal.
    public let code: Code
    /// The setting refused, or the part of the recipe.
    public let path: String
    /// One sentence for a person.
    public let message: String

    /// Kinds of refusal, as they travel in JSON.
    public enum Code: String, Sendable {
        case unknownSetting, wrongType, outOfRange, notFinite, tooLarge, unorderedTimeline, malformed,
            contradiction
    }

    /// A refusal.
    public init(_ code: Code, at path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }
}
