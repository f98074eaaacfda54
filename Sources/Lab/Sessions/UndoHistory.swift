/// The moments before each edit, and those that were undone. Bounded: the oldest are forgotten.
struct UndoHistory {
    private static let most = 100
    private static let mostBytes = 8 << 20
    /// Changes of one setting within this time are one edit to a person, as when a key is held down.
    private static let oneGesture = Duration.seconds(1)

    /// What was edited last: a change of the same is part of the same edit.
    private struct LastEdit {
        var paths: Set<String>
        var gesture: String?
        var time = ContinuousClock.now

        func continues(_ earlier: LastEdit) -> Bool {
            guard !paths.isEmpty, paths == earlier.paths else { return false }
            // A page that names its gestures says when one ends; else a pause says it.
            return gesture == nil ? time - earlier.time < oneGesture : gesture == earlier.gesture
        }
    }

    private var past: [Moment] = []
    private var future: [Moment] = []
    private var lastEdit: LastEdit?

    var canUndo: Bool { !past.isEmpty }
    var canRedo: Bool { !future.isEmpty }

    /// Notes an edit of those settings, with the moment before it.
    mutating func record(
        before moment: @autoclosure () -> Moment, edit paths: Set<String> = [], gesture: String? = nil
    ) {
        let edit = LastEdit(paths: paths, gesture: gesture)
        defer { lastEdit = edit }
        future = []
        if let lastEdit, !past.isEmpty, edit.continues(lastEdit) { return }
        past.append(moment())
        forgetOldest()
    }

    /// The moment to go back to, in exchange for where one is.
    mutating func undo(from present: @autoclosure () -> Moment) -> Moment? {
        guard let moment = past.popLast() else { return nil }
        lastEdit = nil
        future.append(present())
        return moment
    }

    /// The moment that was undone last, in exchange for where one is.
    mutating func redo(from present: @autoclosure () -> Moment) -> Moment? {
        guard let moment = future.popLast() else { return nil }
        lastEdit = nil
        past.append(present())
        return moment
    }

    private mutating func forgetOldest() {
        let each = past.last.map { max(1, $0.checkpoint.byteCount) } ?? 1
        let most = max(4, min(Self.most, Self.mostBytes / each))
        if past.count > most { past.removeFirst(past.count - most) }
    }
}
