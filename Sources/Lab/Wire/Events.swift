import GANEngine

/// What the server says unasked, once, to everybody who connects.
struct WelcomeEvent: Encodable, Sendable {
    let event = "welcome"
    let server = "ganlab"
    let version = LabVersion.current
    let `protocol` = 1
}

/// The experiment became NaN or infinite after `step` steps, the last good one.
struct DivergedEvent: Encodable, Sendable {
    let event = "diverged"
    let step: Int
    let cause: String
}

/// The server is about to end.
struct ClosingEvent: Encodable, Sendable {
    let event = "closing"
    let reason: String
}

/// Everything about a session but its frames, sent whenever any of it but the step changes.
struct StateEvent: Encodable, Sendable {
    /// What a session is doing, in a word.
    enum Status: String, Encodable, Sendable {
        case ready, playing, paused, diverged
    }

    var session: SessionID
    var revision: UInt32
    var recipe: Recipe
    /// All of them, as they are now.
    var settings: [String: Value]
    var step: Int
    var playing: Bool
    /// Steps per second; null is as fast as it goes.
    var speed: Double?
    /// Where it pauses by itself, or null.
    var stop: Stop?
    var status: Status
    /// What happened, for a person, or null.
    var message: String?
    var viewers: Int
    var view: View
    /// How many modes the target has, or null if that means nothing.
    var modes: Int?
    /// The furthest step this timeline has reached.
    var tip: Int
    /// The step being replayed to, or null.
    var seeking: Int?
    var canUndo: Bool
    var canRedo: Bool
    /// All futures of this session, and the one it is in.
    var branches: [BranchDocument]
    var branch: Branch.ID
    /// The twin that runs beside, or null.
    var comparing: Twin?

    /// What the numbers say about the run, or null before anything was measured.
    var verdict: VerdictDocument?

    /// What is being compared with.
    struct Twin: Encodable, Sendable {
        var recipe: Recipe
        var label: String
        /// As the session's own ``verdict``.
        var verdict: VerdictDocument?
    }

    private enum Key: String, CodingKey {
        case event, session, revision, recipe, settings, step, playing, speed, stop, status, message, viewers,
            view
        case modes, tip, seeking, canUndo, canRedo, branches, branch, comparing, verdict
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode("state", forKey: .event)
        try container.encode(session, forKey: .session)
        try container.encode(revision, forKey: .revision)
        try container.encode(recipe, forKey: .recipe)
        try container.encode(settings, forKey: .settings)
        try container.encode(step, forKey: .step)
        try container.encode(playing, forKey: .playing)
        try container.encode(speed, forKey: .speed)
        try container.encode(stop, forKey: .stop)
        try container.encode(status, forKey: .status)
        try container.encode(message, forKey: .message)
        try container.encode(viewers, forKey: .viewers)
        try container.encode(ViewDocument(view), forKey: .view)
        try container.encode(modes, forKey: .modes)
        try container.encode(tip, forKey: .tip)
        try container.encode(seeking, forKey: .seeking)
        try container.encode(canUndo, forKey: .canUndo)
        try container.encode(canRedo, forKey: .canRedo)
        try container.encode(branches, forKey: .branches)
        try container.encode(branch, forKey: .branch)
        try container.encode(comparing, forKey: .comparing)
        try container.encode(verdict, forKey: .verdict)
    }
}

/// A branch as JSON, with the values that its first edits gave to the settings that its label names.
struct BranchDocument: Encodable, Sendable {
    let branch: Branch
    let values: [String: Value]

    /// A branch on which this recipe is lived, if that is still known.
    init(_ branch: Branch, of recipe: Recipe?) {
        self.branch = branch
        guard let recipe else {
            values = [:]
            return
        }
        let edits = recipe.timeline.filter { $0.step == branch.forkStep }
        var values: [String: Value] = [:]
        for path in branch.paths {
            values[path] = recipe.settings.value(at: path)
            for case .set(path, let value) in edits.map(\.change) { values[path] = value }
        }
        // A name is short; what was drawn or measured is not.
        self.values = values.filter { if case .target = $0.value { false } else { true } }
    }

    private enum Key: String, CodingKey {
        case values
    }

    func encode(to encoder: any Encoder) throws {
        try branch.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(values, forKey: .values)
    }
}

/// A verdict as JSON: its name, and the figures it rests on.
struct VerdictDocument: Encodable, Sendable {
    let name: String
    let evidence: [String: Float]
    /// Of a run that had learned: since which step it is no longer so, and its best step.
    let lost: Lost?

    struct Lost: Encodable, Hashable, Sendable {
        let since: Int
        let best: Int
    }

    init(_ verdict: Verdict, lost: LostQuality? = nil) {
        name = verdict.name
        self.lost = lost.map { Lost(since: $0.since, best: $0.best) }
        // JSON holds finite numbers only.
        evidence = Dictionary(
            uniqueKeysWithValues: verdict.evidence.filter(\.value.isFinite).map { ($0.name, $0.value) })
    }
}
