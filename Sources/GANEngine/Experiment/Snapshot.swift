/// What views and metrics look at: both networks at one step, as values.
public struct Snapshot: Sendable {
    /// Steps completed.
    public let step: Int
    /// The settings in effect.
    public let settings: Settings
    /// The generator that is shown: the moving average of the weights if the settings keep one.
    public let generator: Network
    /// The discriminator as it judges single minibatches: what depends on the minibatch is frozen as it last was.
    public let discriminator: Network
    /// The losses of the last update of each network, without penalties.
    public let losses: (discriminator: Float, generator: Float)
}
