/// How large a recipe may be, so that one visitor costs a bounded amount of memory and time.
public enum Bounds {
    public static let seed = 0...Int(UInt32.max)
    public static let hiddenLayers = 0...6
    public static let neurons = 1...256
    public static let batch = 1...2048
    public static let noiseDimension = 1...64
    public static let updates = 0...10
    public static let packing = 1...8
    public static let unrolling = 0...10
    /// Steps that a schedule or a timeline may speak of.
    public static let steps = 0...1_000_000_000
    public static let edits = 10_000
    public static let mixtureComponents = 1...64
    public static let strokes = 1...200
    /// Points of all strokes of a drawing together.
    public static let strokePoints = 4_000
    public static let strokeWidth: ClosedRange<Float> = 0.001...0.2
    public static let points = 1...20_000
    /// Coordinates of anything a visitor brings.
    public static let coordinate: ClosedRange<Float> = -100...100
    /// Floating-point operations of one step; a second or so of one core.
    public static let operationsPerStep = 60e9
}
