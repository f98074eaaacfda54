import GANEngine

/// What a page asks of the lab: one JSON object, as in `{"id": 7, "do": "seek", "step": 500}`.
///
/// Every command is answered by a ``Reply`` with the same id. A command that cannot be carried out changes
/// nothing, and the connection stays.
package enum Command: Sendable {
    /// Join a session, or make one.
    case open(Opening)
    /// What frames are to show, and at most how many a second.
    case watch(FrameRequest, rate: Int)
    case play
    case pause
    /// Steps per second; nil is as fast as it goes.
    case speed(Double?)
    /// Pause by itself there, when it plays; nil is nowhere.
    case stopAt(Stop?)
    /// Pause, run this many steps, of one network or of both, and show the result.
    case step(only: Player?, count: Int)
    /// Pause, run one step, of one network or of both, and say what happened in it.
    case explain(only: Player?)
    /// Back to step 0 with the settings of now.
    case reset
    /// Change settings, all or none.
    case set(Batch)
    /// Draw a stroke on the target, in its own coordinates, while it is learned.
    case draw(Stroke)
    /// Replace the experiment.
    case load(Recipe, step: Int)
    /// The same, with one that the store keeps.
    case loadKept(Opening)
    /// Go to another step of this timeline, and pause.
    case seek(Int)
    /// Back to the moment before the last edit, or forth again.
    case undo, redo
    /// Enter another branch of the tree, where it was left.
    case checkout(branch: Int)
    /// Have a twin run beside on the same clock.
    case compare(Twin)
    case compareStop
    /// Run this recipe under several seeds to some step, and stream how they fare.
    case seeds(count: Int, steps: Int?)
    case seedsStop
    /// The text of a link to this moment.
    case link
    /// Nothing: measures the way there and back.
    case ping

    /// How far a session may go: a bound on what opening somebody's link can cost.
    package static let furthestStep = 100_000_000
    package static let stepCountBounds = 1...10_000
    /// Bytes of the longest command: a recipe with as many points or edits as there may be takes three quarters of it.
    package static let maximumBytes = 1 << 20
    package static let speedBounds = Pace.bounds
    package static let seedCountBounds = 2...8

    /// What `set` and `setMany` say.
    package struct Batch: Sendable {
        package var values: [(path: String, value: Value)]
        /// Whether a twin goes on without the change.
        package var compare: Bool
        /// Consecutive changes of the same settings under one name are undone together.
        package var gesture: String?
    }

    /// Whom `compare` puts beside the session.
    package enum Twin: Sendable {
        /// This very run, as it is now.
        case present
        case branch(Int)
        case recipe(Recipe, label: String)
    }

    /// What `open` says. With neither recipe nor link, the default recipe is meant.
    package struct Opening: Sendable {
        /// Joins this session, made anew under the same name if nobody knows it any more.
        package var session: SessionID?
        /// What a session that has to be made starts from; the default recipe if nil.
        package var recipe: Recipe?
        package var step = 0
        package var playing = false
        /// Where the recipe is to be looked up, and the step if it is not 0 here.
        package var shortLink: String?
        /// Shows that the session is the page's own, or makes it so. Nobody else is ever told it.
        package var owner: OwnerToken?
        /// Refuses a session that nobody knows any more instead of making it anew.
        package var mustExist = false
    }
}

extension Command: Decodable {
    fileprivate enum Key: String, CodingKey {
        case `do`, session, recipe, step, playing, rate, stepsPerSecond, only, count, path, to, values
        case branch, label, compare, gesture, steps, link, owner, mustExist, stroke, learned
    }

    private enum Name: String {
        case open, watch, play, pause, speed, stopAt, step, reset, set, setMany, draw, load, seek, ping
        case undo, redo, checkout, compare, compareStop, seeds, seedsStop, link, explain
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let text = try container.decode(String.self, forKey: .do)
        guard let name = Name(rawValue: text) else {
            throw CommandError(.unknownCommand, path: "do", "There is no command “\(text.excerpt(40))”.")
        }
        switch name {
        case .open:
            self = .open(try Opening(container))
        case .watch:
            let rate = try container.decode(forKey: .rate, in: FrameRequest.rateBounds, default: 60)
            self = .watch(try FrameRequest(from: decoder), rate: rate)
        case .play: self = .play
        case .pause: self = .pause
        case .speed: self = .speed(try Self.speed(container))
        case .stopAt: self = .stopAt(try Self.stop(container))
        case .step:
            let only = try Self.player(container)
            self = .step(only: only, count: try container.decode(forKey: .count, in: stepCounts, default: 1))
        case .explain: self = .explain(only: try Self.player(container))
        case .reset: self = .reset
        case .set:
            let path = try container.decode(String.self, forKey: .path)
            self = .set(try Batch([(path, container.decode(Value.self, forKey: .to))], container))
        case .setMany:
            let values = try container.decode([String: Value].self, forKey: .values)
            self = .set(try Batch(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, container))
        case .draw: self = .draw(try container.decode(Stroke.self, forKey: .stroke).onGrid)
        case .load:
            self = try Self.load(container)
        case .seek: self = .seek(try container.decode(forKey: .step, in: steps))
        case .undo: self = .undo
        case .redo: self = .redo
        case .checkout: self = .checkout(branch: try container.decode(Int.self, forKey: .branch))
        case .compare: self = .compare(try Twin(container))
        case .compareStop: self = .compareStop
        case .seeds:
            let count = try container.decode(forKey: .count, in: seedCounts, default: 8)
            let isGiven = container.contains(.steps)
            self = .seeds(
                count: count, steps: isGiven ? try container.decode(forKey: .steps, in: steps) : nil)
        case .seedsStop: self = .seedsStop
        case .link: self = .link
        case .ping: self = .ping
        }
    }

    private static func speed(_ container: KeyedDecodingContainer<Key>) throws -> Double? {
        guard container.contains(.stepsPerSecond) else {
            throw CommandError(
                .missingField, path: "stepsPerSecond", "stepsPerSecond is missing; null is no limit.")
        }
        guard let speed = try container.decodeIfPresent(Double.self, forKey: .stepsPerSecond) else {
            return nil
        }
        guard speedBounds.contains(speed) else {
            throw CommandError(
                .outOfRange, path: "stepsPerSecond",
                "stepsPerSecond must be between \(speedBounds.lowerBound) and 1000000, or null for no limit.")
        }
        return speed
    }

    private static func stop(_ container: KeyedDecodingContainer<Key>) throws -> Stop? {
        if try container.decodeFlag(forKey: .learned) { return .learned }
        guard container.contains(.step) else { return nil }
        return .step(try container.decode(forKey: .step, in: steps))
    }

    private static func load(_ container: KeyedDecodingContainer<Key>) throws -> Command {
        if container.contains(.link) {
            let opening = try Opening(container)
            return opening.recipe.map { .load($0, step: opening.step) } ?? .loadKept(opening)
        }
        let recipe = try container.decode(Recipe.self, forKey: .recipe)
        return .load(recipe, step: try container.decode(forKey: .step, in: steps, default: 0))
    }

    private static func player(_ container: KeyedDecodingContainer<Key>) throws -> Player? {
        guard let text = try container.decodeIfPresent(String.self, forKey: .only) else { return nil }
        guard let player = Player(rawValue: text) else {
            throw CommandError(
                .wrongType, path: "only", "only is “generator” or “discriminator”, or left out.")
        }
        return player
    }
}

private let steps = 0...Command.furthestStep
private let stepCounts = Command.stepCountBounds
private let seedCounts = Command.seedCountBounds

extension Command.Opening {
    fileprivate init(_ container: KeyedDecodingContainer<Command.Key>) throws {
        session = try container.decodeIfPresent(SessionID.self, forKey: .session)
        recipe = try container.decodeIfPresent(Recipe.self, forKey: .recipe)
        step = try container.decode(forKey: .step, in: steps, default: 0)
        playing = try container.decodeFlag(forKey: .playing)
        owner = try container.decodeIfPresent(OwnerToken.self, forKey: .owner)
        mustExist = try container.decodeFlag(forKey: .mustExist)
        guard let text = try container.decodeIfPresent(String.self, forKey: .link) else { return }
        switch try LinkAddress(text: text) {
        case .whole(let link):
            (recipe, step) = (link.recipe, link.step)
        case .short(let id, let step):
            shortLink = id
            self.step = step ?? 0
        }
        guard steps.contains(step) else {
            throw CommandError(
                .outOfRange, path: "link",
                "The link leads to step \(step); this lab goes to \(Command.furthestStep).")
        }
    }
}

extension Command.Batch {
    fileprivate init(
        _ values: [(path: String, value: Value)], _ container: KeyedDecodingContainer<Command.Key>
    ) throws {
        self.values = values
        compare = try container.decodeFlag(forKey: .compare)
        gesture = try container.decodeIfPresent(forKey: .gesture, within: TextLimit(0...80))
    }
}

extension Command.Twin {
    fileprivate init(_ container: KeyedDecodingContainer<Command.Key>) throws {
        if let branch = try container.decodeIfPresent(Int.self, forKey: .branch) {
            self = .branch(branch)
        } else if let recipe = try container.decodeIfPresent(Recipe.self, forKey: .recipe) {
            let label = try container.decodeIfPresent(forKey: .label, within: TextLimit(0...80))
            self = .recipe(recipe, label: label ?? "")
        } else {
            self = .present
        }
    }
}
