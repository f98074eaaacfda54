/// The steps at which every run is measured, whoever watches it: what a verdict knows of the past rests on these alone,
/// so that the same recipe gets the same verdict at the same step wherever it is run, at any speed.
///
/// Every 100 steps at first, then 16 to 32 to a doubling of the steps: a run of a million steps has fewer than 200.
public enum Milestones {
    private static let closest = 100
    private static let beforeWidening = 1600

    /// Whether a run is measured when it has completed so many steps.
    public static func contains(_ step: Int) -> Bool {
        step > 0 && step % spacing(at: step) == 0
    }

    /// Steps from `step` to the next milestone.
    public static func distance(from step: Int) -> Int {
        let spacing = spacing(at: step)
        return spacing - step % spacing
    }

    private static func spacing(at step: Int) -> Int {
        let doublings = Int.bitWidth - 1 - max(1, step / beforeWidening).leadingZeroBitCount
        return closest << doublings
    }
}
