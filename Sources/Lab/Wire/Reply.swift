/// The answer to one command.
struct Reply: Encodable, Sendable {
    /// The command's id; null if it had none.
    var re: Int?
    var error: CommandError?
    /// The step at which the command took effect.
    var step: Int?
    var revision: UInt32?
    /// Whether the experiment started anew.
    var restarted: Bool?
    /// The whole state, in the answer to `open`.
    var state: StateEvent?
    /// What the page may do in the session, in the answer to `open`.
    var role: Role?
    /// Milliseconds since 1970 by the server's clock, in the answer to `ping`.
    var time: Double?
    /// What happened in the step, in the answer to `explain`.
    var explanation: StepDocument?
    /// The text of a link, in the answer to `link`.
    var link: String?
    /// What went wrong beside the command, such as that it could not be written down.
    var warning: String?

    private enum Key: String, CodingKey {
        case re, ok, error, step, revision, restarted, state, role, time, explanation, link, warning
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(re, forKey: .re)
        try container.encode(error == nil, forKey: .ok)
        try container.encodeIfPresent(error, forKey: .error)
        try container.encodeIfPresent(step, forKey: .step)
        try container.encodeIfPresent(revision, forKey: .revision)
        try container.encodeIfPresent(restarted, forKey: .restarted)
        try container.encodeIfPresent(state, forKey: .state)
        try container.encodeIfPresent(role, forKey: .role)
        try container.encodeIfPresent(time, forKey: .time)
        try container.encodeIfPresent(link, forKey: .link)
        try container.encodeIfPresent(warning, forKey: .warning)
        try container.encodeIfPresent(explanation, forKey: .explanation)
    }
}
