import GANEngine

/// What a session has been through besides its own timeline: the moments that can be undone to, and the futures that
/// were left.
///
/// It changes by turns, each of which is journaled: replayed onto the stored history they give the live one again.
package struct EditHistory: Hashable, Sendable, Codable {
    package private(set) var history = UndoHistory()
    package private(set) var tree = BranchTree()

    package init() {}

    /// Takes a turn at the moment that is `here`; returns the moment to go to, or nil if the session stays (or if there
    /// is none to go to, and then nothing has changed).
    mutating func take(_ turn: HistoryChange, from here: TimelinePosition, chart: Chart? = nil)
        -> TimelinePosition?
    {
        switch turn {
        case .edit(let isUndoable, let fork):
            if isUndoable { history.push(here) }
            if let fork { tree.fork(fork, leaving: here, chart: chart) }
            return nil
        case .undo:
            return enter(history.undo(from: here), leaving: here, chart)
        case .redo:
            return enter(history.redo(from: here), leaving: here, chart)
        case .checkout(let branch):
            guard let moment = tree.whereLeft(branch) else { return nil }
            history.push(here)
            return enter(moment, leaving: here, chart)
        }
    }

    /// Notes how far the active branch has come.
    mutating func grow(to tip: Int) {
        tree.grow(to: tip)
    }

    private mutating func enter(_ moment: TimelinePosition?, leaving here: TimelinePosition, _ chart: Chart?)
        -> TimelinePosition?
    {
        if let moment { tree.enter(moment.branch, leaving: here, chart: chart) }
        return moment
    }
}

/// One change of an edit history.
package enum HistoryChange: Hashable, Sendable, Codable {
    /// The settings are about to be changed. Not undoable by itself if it continues the edit before.
    case edit(isUndoable: Bool, fork: Fork?)
    case undo, redo
    case checkout(Branch.ID)

    /// Where another future begins, and what makes it another.
    package struct Fork: Hashable, Sendable, Codable {
        package var step: Int
        package var label: String

        package init(step: Int, label: String) {
            self.step = step
            self.label = label
        }
    }
}
