/// What the numbers say about a run, in one word, with the figures it rests on.
///
/// A verdict is the first of the cases below that holds, decided by a ``VerdictTracker``. It is a reading of the metrics, not a proof;
/// each threshold is stated where it is used.
public enum Verdict: Hashable, Sendable {
    /// A number is no longer finite.
    case diverged
    /// Too early to say.
    case warmingUp
    /// Hardly any metric tells the fakes from fresh real samples: sliced Wasserstein at most twice its noise floor, precision
    /// and the share on a mode at least 85 %, recall at least 60 % of what real samples measure, every mode covered.
    /// `ratio` is sliced Wasserstein over its floor.
    case learned(ratio: Float)
    /// Nearly that: at most four times the floor, at least 70 % and 50 %, every mode; `ratio` as in ``learned(ratio:)``.
    case close(ratio: Float)
    /// D is sure of every sample, or says the same everywhere, and what gradient is left would not move the fakes.
    /// `gradient` is its median norm.
    case vanished(gradient: Float)
    /// Most fakes lie outside the picture; `share` of them.
    case outside(share: Float)
    /// The fakes sit on a few modes and stay there. 0 covered: they sit between modes.
    case collapsed(covered: Int, of: Int)
    /// The same for a target that has no modes to count; `recall` is the share of the reals that the fakes reach.
    case narrow(recall: Float)
    /// The fakes sit on a few modes, and jump to others.
    case hopping(covered: Int, of: Int)
    /// The fakes wander without getting closer; `swing` is how far their mean moves, in target standard deviations.
    case oscillating(swing: Float)
    /// Some modes are learned, some missing.
    case missing(covered: Int, of: Int)
    /// The fakes are about where the reals are, but not as sharp; `precision` is the share that looks real, or lies on a mode.
    case blurred(precision: Float)
    /// On its way; `ratio` as in ``learned(ratio:)``.
    case learning(ratio: Float)
    /// Far off, and no closer than some time ago; `ratio` as in ``learned(ratio:)``.
    case stalled(ratio: Float)
}

extension Verdict {
    /// Number on the wire. Never reassigned.
    public var id: UInt16 {
        switch self {
        case .diverged: 0
        case .warmingUp: 1
        case .learned: 2
        case .close: 3
        case .vanished: 4
        case .outside: 5
        case .collapsed: 6
        case .narrow: 7
        case .hopping: 8
        case .oscillating: 9
        case .missing: 10
        case .blurred: 11
        case .learning: 12
        case .stalled: 13
        }
    }

    /// Name in the API: the page says it in the reader's language.
    public var name: String {
        switch self {
        case .diverged: "diverged"
        case .warmingUp: "warmingUp"
        case .learned: "learned"
        case .close: "close"
        case .vanished: "vanished"
        case .outside: "outside"
        case .collapsed: "collapsed"
        case .narrow: "narrow"
        case .hopping: "hopping"
        case .oscillating: "oscillating"
        case .missing: "missing"
        case .blurred: "blurred"
        case .learning: "learning"
        case .stalled: "stalled"
        }
    }

    /// The figures it rests on, by the names of the cases' parameters.
    public var evidence: [(name: String, value: Float)] {
        switch self {
        case .warmingUp, .diverged: []
        case .learned(let ratio), .close(let ratio), .learning(let ratio), .stalled(let ratio):
            [("ratio", ratio)]
        case .outside(let share): [("share", share)]
        case .vanished(let gradient): [("gradient", gradient)]
        case .collapsed(let covered, let modes), .hopping(let covered, let modes),
            .missing(let covered, let modes):
            [("covered", Float(covered)), ("of", Float(modes))]
        case .narrow(let recall): [("recall", recall)]
        case .oscillating(let swing): [("swing", swing)]
        case .blurred(let precision): [("precision", precision)]
        }
    }
}

/// Of a run that had learned and has come apart.
public struct LostQuality: Hashable, Sendable {
    /// The first step that was measured and no longer nearly learned.
    public let since: Int
    /// The milestone where it was closest to the target.
    public let best: Int
}
