/// Tells where one edit of a person's ends and the next begins, so that dragging a slider is undone at once.
struct Gestures {
    /// Changes of one setting within this time are one edit to a person, as when a key is held down.
    private static let pause = Duration.seconds(1)

    private var last: (edition: Edition, time: ContinuousClock.Instant)?

    /// Notes an edit; says whether it continues the one before.
    mutating func continues(with edition: Edition, at now: ContinuousClock.Instant = .now) -> Bool {
        defer { last = (edition, now) }
        guard let last, !edition.paths.isEmpty, edition.paths == last.edition.paths else { return false }
        // A page that names its gestures says when one ends; else a pause says it.
        return edition.gesture == nil
            ? now - last.time < Self.pause : edition.gesture == last.edition.gesture
    }

    /// Whatever comes next is another edit.
    mutating func end() {
        last = nil
    }
}
