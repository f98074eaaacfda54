import GANEngine

/// A session's state as its viewers are told it.
extension SessionState {
    var document: StateEvent {
        let settings = run.settings
        return StateEvent(
            session: id, revision: revision, recipe: run.recipe, settings: Self.flat(settings),
            step: run.step,
            playing: isActive, speed: speed, stop: stop, status: status,
            message: message ?? run.divergence?.description,
            viewers: subscribers.count,
            view: run.view, modes: run.modes, tip: run.tip, seeking: destination,
            canUndo: editHistory.history.canUndo, canRedo: editHistory.history.canRedo,
            branches: branches, branch: editHistory.tree.active,
            comparing: comparison.map {
                .init(recipe: $0.run.recipe, label: $0.label, verdict: Self.verdict(on: $0.run))
            },
            verdict: Self.verdict(on: run))
    }

    private var branches: [BranchDocument] {
        let tree = editHistory.tree
        return tree.branches.map {
            BranchDocument($0, of: $0.id == tree.active ? run.recipe : tree.whereLeft($0.id)?.recipe)
        }
    }

    private static func verdict(on run: Run) -> VerdictDocument? {
        if run.divergence != nil { return VerdictDocument(.diverged) }
        return run.verdict.map { VerdictDocument($0, lost: run.lostQuality) }
    }

    private static func flat(_ settings: Settings) -> [String: Value] {
        var values: [String: Value] = [:]
        for field in Schema.fields { values[field.path] = settings.value(at: field.path) }
        return values
    }

    var isActive: Bool {
        switch activity {
        case .paused: false
        case .playing: true
        case .underway(let task): task.thenPlay
        }
    }

    var destination: Int? {
        if case .underway(let task) = activity { task.target } else { nil }
    }

    private var status: StateEvent.Status {
        if run.divergence != nil { return .diverged }
        if isActive { return .playing }
        return run.step == 0 && run.tip == 0 ? .ready : .paused
    }
}
