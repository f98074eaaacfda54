/// Tells where one edit of a person's ends and the next begins, so that dragging a slider is undone at once.
struct Gestures {
    /// Changes of one setting within this time are one edit to a person, as when a key is held down.
    private static let pause = Duration.seconds(1)

    private var last: (description: EditDescription, time: ContinuousClock.Instant)?

    /// Notes an edit; says whether it continues the one before.
    mutating func continues(with description: EditDescription, at now: ContinuousClock.Instant = .now) -> Bool
    {
        defer { last = (description, now) }
        guard let last, !description.paths.isEmpty, description.paths == last.description.paths else {
            return false
        }
        // A page that names its gestures says when one ends; else a pause says it.
        return description.gesture == nil
            ? now - last.time < Self.pause : description.gesture == last.description.gesture
    }

    /// Whatever comes next is another edit.
    mutating func end() {
        last = nil
    }
}
