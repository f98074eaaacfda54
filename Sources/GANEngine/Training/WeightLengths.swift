/// Euclidean lengths over all weights and biases of one network.
public struct WeightLengths: Hashable, Sendable {
    /// ‖θ‖.
    public var weights: Float
    /// ‖θ′ − θ‖ of the last step with all its updates; NaN where no step was run since the start or a checkpoint.
    public var lastStep: Float
}
