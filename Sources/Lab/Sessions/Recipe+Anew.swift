import GANEngine

extension Recipe {
    /// This experiment from step 0 again, with the settings `now` that are in force at `step`, perhaps with a change.
    ///
    /// A ready-made experiment goes on changing what it changes by itself, as a generator that begins to learn after D.
    /// What was drawn on the target of the run is drawn before the first step: where to look is decided by the target
    /// that a run begins with.
    ///
    /// - Parameter target: whether the target is the run's own. For another one a ready-made experiment's changes are
    ///   not meant: their values hold from the start.
    func anew(with now: Settings, at step: Int, keepingTarget: Bool = true) throws(RecipeError) -> Recipe {
        var anew = Recipe(settings: now)
        if keepingTarget, case .drawing(let strokes) = now.target, !settings.target.isDrawing {
            anew.settings.target = settings.target
            anew.timeline = strokes.map { Edit(step: 0, change: .draw($0)) }
        }
        for edit in changesOfItsOwn {
            guard case .set(let path, let planned) = edit.change, let current = now.value(at: path),
                let first = settings.value(at: path)
            else { continue }
            let isMade = edit.step < step || current == planned
            let later = isMade ? current : planned
            if keepingTarget {
                if isMade { try anew.settings.set(path, to: first) }
                anew.timeline.append(Edit(step: edit.step, change: .set(path: path, value: later)))
            } else {
                try anew.settings.set(path, to: later)
            }
        }
        return anew
    }

    /// The edits with which it begins as some ready-made experiment does, whatever their values have become.
    private var changesOfItsOwn: ArraySlice<Edit> {
        let plans = Preset.all.map(\.recipe.timeline).filter { plan in
            plan.count <= timeline.count && zip(plan, timeline).allSatisfy { $0.setsTheSame(as: $1) }
        }
        return timeline.prefix(plans.map(\.count).max() ?? 0)
    }
}

extension Edit {
    fileprivate func setsTheSame(as other: Edit) -> Bool {
        guard case .set(let mine, _) = change, case .set(let others, _) = other.change else { return false }
        return step == other.step && mine == others
    }
}

extension Target {
    fileprivate var isDrawing: Bool {
        if case .drawing = self { true } else { false }
    }
}
