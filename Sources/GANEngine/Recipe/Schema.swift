/// One setting: its name, range and help, and how to read and write it.
public struct Field: Sendable {
    /// Dotted name, as in `generator.optimizer.learningRate`. Never changes once published: links hold it.
    public let path: String
    public let group: FieldGroup
    /// What the page calls it, in two or three words.
    public let label: String
    /// One sentence for a student.
    public let help: String
    /// The formula behind it in plain Unicode, or nil.
    public let formula: String?
    public let kind: FieldKind
    /// Whether a change starts the experiment anew, because it changes a network's shape or the data.
    public let restarts: Bool

    let read: @Sendable (Settings) -> Value
    let write: @Sendable (inout Settings, Value) throws(RecipeError) -> Void
}

/// Where a setting belongs.
public enum FieldGroup: String, CaseIterable, Hashable, Sendable {
    case experiment, noise, generator, discriminator, loss, penalty
}

/// What values a setting takes.
public enum FieldKind: Hashable, Sendable {
    case integer(ClosedRange<Int>)
    /// `logarithmic` says how a slider should move. `zero` allows 0, meaning off, beside the range.
    case number(ClosedRange<Double>, logarithmic: Bool, zero: Bool)
    case flag
    case choice([Choice])
    /// Neurons per hidden layer.
    case widths(layers: ClosedRange<Int>, neurons: ClosedRange<Int>)
    case target
}

/// One value of a closed set.
public struct Choice: Hashable, Sendable {
    public let value: String
    public let label: String
    public let help: String
    public let formula: String?
    /// Settings that should change along with this choice (path, value), such as Wasserstein's weight clip.
    public let companions: [String: Value]
}

/// Why a recipe was refused. `path` names the setting, `message` says what to do.
public struct RecipeError: Error, Hashable, Sendable {
    public let code: Code
    public let path: String
    public let message: String

    public enum Code: String, Sendable {
        case unknownSetting, wrongType, outOfRange, notFinite, tooLarge, unorderedTimeline, malformed, contradiction
    }
}
