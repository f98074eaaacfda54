/// What the numbers say about a run, in one word, with the figures it rests on.
///
/// A verdict is the first of the cases below that holds, judged over a short ``Judge``d history. It is a reading of
/// the metrics, not a proof: each threshold is stated where it is used.
public enum Verdict: Hashable, Sendable {
    /// Too early to say.
    case warmingUp
    /// A number is no longer finite.
    case diverged
    /// No metric can tell the fakes from fresh real samples by much. `ratio` is sliced Wasserstein over its floor.
    case learned(ratio: Float)
    /// Most fakes lie outside the picture; `share` of them.
    case outside(share: Float)
    /// D is sure of every sample, and what gradient is left would not move the fakes. `gradient` is its median norm.
    case vanished(gradient: Float)
    /// The fakes sit on a few modes and stay there. 0 covered: they sit between modes.
    case collapsed(covered: Int, of: Int)
    /// The fakes are few and narrow compared with the target, which has no modes to count; `share` is what the fakes
    /// reach of the reals.
    case narrow(recall: Float)
    /// The fakes sit on a few modes, and jump to others.
    case hopping(covered: Int, of: Int)
    /// The fakes wander without getting closer; `swing` is how far their mean moves, in target standard deviations.
    case oscillating(swing: Float)
    /// Some modes are learned, some missing.
    case missing(covered: Int, of: Int)
    /// The fakes are about where the reals are, but not as sharp; `precision` is the share that looks real.
    case blurred(precision: Float)
    /// On its way; `ratio` as in ``learned(ratio:)``.
    case learning(ratio: Float)
}

extension Verdict {
    /// Number on the wire. Never reassigned.
    public var id: UInt16 {
        switch self {
        case .warmingUp: 0
        case .diverged: 1
        case .learned: 2
        case .outside: 3
        case .vanished: 4
        case .collapsed: 5
        case .narrow: 6
        case .hopping: 7
        case .oscillating: 8
        case .missing: 9
        case .blurred: 10
        case .learning: 11
        }
    }

    /// Name in the API: the page says it in the reader's language.
    public var name: String {
        switch self {
        case .warmingUp: "warmingUp"
        case .diverged: "diverged"
        case .learned: "learned"
        case .outside: "outside"
        case .vanished: "vanished"
        case .collapsed: "collapsed"
        case .narrow: "narrow"
        case .hopping: "hopping"
        case .oscillating: "oscillating"
        case .missing: "missing"
        case .blurred: "blurred"
        case .learning: "learning"
        }
    }

    /// The figures it rests on, by the names of the cases' parameters.
    public var evidence: [(name: String, value: Float)] {
        switch self {
        case .warmingUp, .diverged: []
        case .learned(let ratio), .learning(let ratio): [("ratio", ratio)]
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
