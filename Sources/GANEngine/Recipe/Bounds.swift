/// How large a recipe may be, so that one visitor costs a bounded amount of memory and time.
public enum Bounds {
    /// The number all random numbers come from.
    public static let seed = 0...Int(UInt32.max)
    /// Hidden layers of one network.
    public static let hiddenLayers = 0...6
    /// Neurons of one hidden layer.
    public static let neurons = 1...512
    /// Real samples in a minibatch, and fake ones.
    public static let batch = 1...2048
    /// Numbers in a latent vector.
    public static let noiseDimension = 1...256
    /// Updates of one network in a step.
    public static let updates = 0...50
    /// Samples that D judges together.
    public static let packing = 1...8
    /// Updates that an unrolled D looks ahead.
    public static let unrolling = 0...10
    /// Steps that a schedule or a timeline may speak of.
    public static let steps = 0...1_000_000_000
    /// Edits of a timeline, at most.
    public static let edits = 10_000
    /// Gaussians of a mixture.
    public static let mixtureComponents = 1...64
    /// Strokes of a drawing.
    public static let strokes = 1...200
    /// Points of all strokes of a drawing together.
    public static let strokePoints = 4_000
    /// Standard deviation of a stroke's ink.
    public static let strokeWidth: ClosedRange<Float> = 0.001...0.2
    /// Coordinates of a drawing's points: a drawing of its own lies on the unit square, one on another target where that is.
    public static let strokeCoordinate: ClosedRange<Float> = -16...16
    /// Points that somebody brings.
    public static let points = 1...20_000
    /// Coordinates of anything else a visitor brings.
    public static let coordinate: ClosedRange<Float> = -100...100
    /// Variances of a mixture's components: standard deviations are at most as large as coordinates.
    public static let variance: ClosedRange<Float> = 0...10_000
    /// Steps and updates that a checkpoint may have counted: more than any run makes, and so far from the largest
    /// integer that nothing computed from them overflows.
    public static let counter = 0...(1 << 53)
    /// Floating-point operations that one step may take the time of: half a second of one core, since nobody else has a
    /// turn on it before the step ends.
    public static let stepCost = 30e9
}
