/// How a session begins, besides with its recipe.
struct SessionStart {
    /// The step to go to first.
    var step = 0
    var playing = false
    /// Steps per second; nil is as fast as it goes.
    var speed: Double?
    /// Whether it does nothing at all until somebody asks it to.
    var isHeld = false

    /// After so many crashes in a row, a session that was in memory each time may be what caused them.
    static let mostCrashes = 2
}
