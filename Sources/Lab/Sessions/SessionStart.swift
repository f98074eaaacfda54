/// How a session begins, besides with its recipe.
struct SessionStart {
    /// The step to go to first.
    var step = 0
    var playing = false
    /// Steps per second; nil is as fast as it goes.
    var speed: Double?
}
