/// An experiment, as a value: the settings it starts from and every change made while it ran.
///
/// Nothing else decides what happens. The same recipe gives the same bits at every step, on every machine, at any
/// speed, however many cores or visitors there are.
public struct Recipe: Hashable, Sendable {
    /// What the experiment starts from.
    public var settings: Settings
    /// What was changed on the way, in order; steps never decrease.
    public var timeline: [Edit]

    /// An experiment that is valid if its parts are; see ``validate()``.
    public init(settings: Settings = Settings(), timeline: [Edit] = []) {
        self.settings = settings
        self.timeline = timeline
    }

    /// Makes a change. What the timeline held from later steps is forgotten, for the experiment takes another way there;
    /// what was changed twice at one step was changed once, to its last value.
    public mutating func make(_ edit: Edit) {
        timeline.removeAll {
            $0.step > edit.step || ($0.step == edit.step && edit.change.replaces($0.change))
        }
        timeline.append(edit)
    }
}

/// A change made just before a step is run.
public struct Edit: Hashable, Sendable {
    /// Steps completed when the change was made.
    public var step: Int
    /// What was changed.
    public var change: Change

    /// A change made when `step` steps were completed.
    public init(step: Int, change: Change) {
        self.step = step
        self.change = change
    }
}

/// What an edit changes.
public enum Change: Hashable, Sendable {
    /// From now on, the setting at `path` (a ``Schema`` path) has this value. Never one that restarts.
    case set(path: String, value: Value)
    /// The next step, and only that one, updates this network alone.
    case only(Player)
    /// From now on, the target has this stroke too: another one of the drawing that it is, or the first one of a drawing
    /// that takes the place of any other target. Schedules begin again, for there is something new to learn.
    case draw(Stroke)

    /// Whether a change at the same step is no longer of any consequence after this one.
    fileprivate func replaces(_ other: Change) -> Bool {
        switch (self, other) {
        case (.set(let mine, _), .set(let others, _)): mine == others
        case (.only, .only): true
        default: false
        }
    }
}

/// One of the two networks.
public enum Player: String, CaseIterable, Hashable, Sendable {
    case generator, discriminator
}
