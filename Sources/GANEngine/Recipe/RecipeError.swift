/// Why a recipe was refused. `path` names the setting, `message` says what is wrong and what would be right.
public struct RecipeError: Error, Hashable, Sendable {
    public let code: Code
    public let path: String
    public let message: String

    /// Kinds of refusal, as they travel in JSON.
    public enum Code: String, Sendable {
        case unknownSetting, wrongType, outOfRange, notFinite, tooLarge, unorderedTimeline, malformed,
            contradiction
    }

    public init(_ code: Code, at path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }
}
