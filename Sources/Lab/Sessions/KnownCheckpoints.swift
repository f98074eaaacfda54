import GANEngine
import Synchronization

/// What runs came to whose links were made here, so that opening such a link replays next to nothing.
///
/// A checkpoint holds for every recipe that is the same experiment up to its step, whoever ran it: recipes decide
/// everything. Bounded: what nobody asked about for the longest goes first.
final class KnownCheckpoints: Sendable {
    private struct Known {
        let recipe: Recipe
        let checkpoints: [Checkpoint]
        var bytes: Int { checkpoints.reduce(0) { $0 + $1.byteCount } }
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
        let known = Known(
            recipe: run.recipe,
            checkpoints: run.shelf.ladder(within: StoredLadder.mostBytes).filter { $0.step < run.step }
                + [run.checkpoint()])
        state.withLock { state in
            state.known.removeAll { $0.session == session }
            state.known.append((session, known))
            var bytes = 0
            let first = state.known.lastIndex { entry in
                bytes += entry.1.bytes
                return bytes > mostBytes
            }
            if let first { state.known.removeSubrange(...first) }
        }
    }

    /// Checkpoints of a recipe at or before `step`, in order of their steps: those of the run that knows the latest.
    func checkpoints(of recipe: Recipe, upTo step: Int) -> [Checkpoint] {
        state.withLock { state in
            state.known.reduce(into: []) { best, entry in
                guard let shared = recipe.sharedSteps(with: entry.1.recipe) else { return }
                let usable = entry.1.checkpoints.filter { $0.step <= min(shared, step) }
                if usable.last?.step ?? 0 > best.last?.step ?? 0 { best = usable }
            }
        }
    }
}
