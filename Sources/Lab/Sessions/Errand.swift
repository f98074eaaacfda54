import GANEngine

/// A way to a step that takes more than one slice: a seek, a link being opened, some single steps.
struct Errand {
    /// Where to stop.
    var target: Int
    /// Each step on the way updates this network alone, and is recorded as such.
    var only: Player?
    /// Whether to play on from there.
    var thenPlay = false
    /// Who is to be told of the arrival.
    var awaiting: [(viewer: Viewer, id: Int?)] = []
}
