/// Training came to a number that is not finite. The experiment stands before the step in which that
/// happened.
public struct Divergence: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was no longer finite.
    public enum Cause: String, Sendable {
        case loss, gradient, weights
    }

    /// The step that could not be completed, from 0.
    public let step: Int
    /// Whose update it was.
    public let player: Player
    /// What was no longer finite.
    public let cause: Cause

    /// One sentence for a person.
    public var description: String {
        let what =
            switch cause {
            case .loss: "loss is no longer a finite number"
            case .gradient: "gradient grew beyond what a number can hold"
            case .weights: "weights grew beyond what a number can hold"
            }
        return "Diverged in step \(step + 1): the \(player.rawValue)'s \(what). "
            + "Go back and lower its learning rate, or choose a steadier loss."
    }
}
