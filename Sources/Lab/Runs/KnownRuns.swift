import GANEngine
import Synchronization

/// What is known of the runs whose links were made here, so that opening such a link replays next to nothing.
///
/// It holds for every recipe that is the same experiment up to its step, whoever ran it: recipes decide
/// everything. Bounded: what nobody asked about for the longest goes first.
final class KnownRuns: Sendable {
    /// What is known of a run up to some step.
    struct Past {
        /// In order of their steps.
        var checkpoints: [Checkpoint] = []
        var chart = Chart()
    }

    private struct Known {
        let recipe: Recipe
        let past: Past
        var bytes: Int {
            past.checkpoints.reduce(0) { $0 + $1.byteCount }
                + past.chart.points.count * MemoryLayout<ChartPoint>.stride
        }
    }

    private struct State {
        /// The latest at the end.
        var known: [(session: SessionID, Known)] = []
    }

    private let mostBytes: Int
    private let state = Mutex(State())

    /// - Parameter mostBytes: Memory to spend.
    init(mostBytes: Int = 64 << 20) {
        self.mostBytes = mostBytes
    }

    /// Notes what a session's run is now, and was at some earlier steps.
    func note(_ run: Run, of session: SessionID) {
        var past = Past(
            checkpoints: run.shelf.ladder(within: StoredCheckpoints.mostBytes).filter { $0.step < run.step }
                + [run.checkpoint()],
            chart: run.chart)
        state.withLock { state in
            if let before = state.known.first(where: { $0.session == session })?.1,
                let shared = run.recipe.sharedSteps(with: before.recipe)
            {
                past.chart.add(before.past.chart, upTo: min(shared, run.step))
            }
            state.known.removeAll { $0.session == session }
            state.known.append((session, Known(recipe: run.recipe, past: past)))
            var bytes = 0
            let first = state.known.lastIndex { entry in
                bytes += entry.1.bytes
                return bytes > mostBytes
            }
            if let first { state.known.removeSubrange(...first) }
        }
    }

    /// What is known of a recipe up to `step`: the checkpoints of the run that has the latest, and what any measured.
    func past(of recipe: Recipe, upTo step: Int) -> Past {
        state.withLock { state in
            state.known.reduce(into: Past()) { best, entry in
                guard let shared = recipe.sharedSteps(with: entry.1.recipe) else { return }
                let end = min(shared, step)
                best.chart.add(entry.1.past.chart, upTo: end)
                let usable = entry.1.past.checkpoints.filter { $0.step <= end }
                if usable.last?.step ?? 0 > best.checkpoints.last?.step ?? 0 { best.checkpoints = usable }
            }
        }
    }
}
