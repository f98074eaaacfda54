import GANEngine
import Synchronization

/// One recipe under several seeds, so that chance becomes visible; streamed to the viewer who asked.
///
/// All seeds together are one piece of work for the trainers: eight of them take no more than one session does.
final class SeedStrip: Work {
    /// Time between two pictures.
    private static let interval = Duration.milliseconds(250)

    private struct State {
        var bed: SeedBed
        var nextPicture = ContinuousClock.now
    }

    private let steps: Int
    private let viewer: Viewer
    private let isStopped = Atomic<Bool>(false)
    /// Touched only inside ``slice(until:)``.
    private let state: Mutex<State>

    /// Prepares `count` seeds, from the recipe's own upwards; errors are the recipe's.
    init(of recipe: Recipe, count: Int, steps: Int, for viewer: Viewer) throws(RecipeError) {
        self.steps = steps
        self.viewer = viewer
        state = Mutex(State(bed: try SeedBed(recipe, count: count)))
    }

    /// Ends it after the current slice.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        guard !isStopped.load(ordering: .relaxed) else { return .idle }
        return state.withLock { state in
            let isDone = !state.bed.advance(to: steps, until: deadline)
            if isDone || ContinuousClock.now >= state.nextPicture {
                // The last picture is the result; those before may be skipped when the viewer is behind.
                if isDone || !viewer.socket.isCongested { viewer.socket.send(state.bed.picture(goal: steps)) }
                state.nextPicture = .now + Self.interval
            }
            return isDone ? .idle : .again
        }
    }
}
