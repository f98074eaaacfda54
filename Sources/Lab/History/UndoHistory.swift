/// The moments before each edit, and those that were undone. Bounded: the oldest are forgotten.
package struct UndoHistory: Hashable, Sendable, Codable {
    private static let most = 100
    /// Bytes of checkpoints; older moments are recomputed.
    private static let mostBytes = 8 << 20

    private var past: [TimelinePosition] = []
    private var future: [TimelinePosition] = []

    package init() {}

    package var canUndo: Bool { !past.isEmpty }
    package var canRedo: Bool { !future.isEmpty }

    /// Notes the moment before an edit.
    mutating func push(_ moment: TimelinePosition) {
        future = []
        past.append(moment)
        if past.count > Self.most { past.removeFirst() }
        var bytes = 0
        for index in past.indices.reversed() {
            bytes += past[index].checkpoint?.byteCount ?? 0
            if bytes > Self.mostBytes { past[index].checkpoint = nil }
        }
    }

    /// The moment to go back to, in exchange for where one is.
    mutating func undo(from present: TimelinePosition) -> TimelinePosition? {
        guard let moment = past.popLast() else { return nil }
        future.append(present)
        return moment
    }

    /// The moment that was undone last, in exchange for where one is.
    mutating func redo(from present: TimelinePosition) -> TimelinePosition? {
        guard let moment = future.popLast() else { return nil }
        past.append(present)
        return moment
    }
}
