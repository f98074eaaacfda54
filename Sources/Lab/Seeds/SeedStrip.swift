import GANEngine
import Synchronization

/// One recipe under several seeds, so that chance becomes visible; streamed to the viewer who asked.
///
/// All seeds together are one piece of work for the trainers: eight of them take no more than one session does.
final class SeedStrip: Work {
    /// Time between two pictures.
    private static let interval = Duration.milliseconds(250)
    private static let fakes = 150
    /// Steps that one seed runs before the next one's turn.
    private static let stride = 64

    private struct State {
        var runs: [Run]
        var seedlings: [FrameSection.Seedling]
        let view: View
        var nextPicture = ContinuousClock.now

        /// Runs the seed that is furthest behind; says whether there is more to do.
        mutating func advance(to steps: Int, until deadline: ContinuousClock.Instant) -> Bool {
            repeat {
                let behind = runs.indices.filter { runs[$0].divergence == nil && runs[$0].step < steps }
                guard let index = behind.min(by: { runs[$0].step < runs[$1].step }) else { return false }
                _ = runs[index].advance(by: min(SeedStrip.stride, steps - runs[index].step), until: deadline)
            } while ContinuousClock.now < deadline
            return true
        }
        func picture(fakes: Int) -> [UInt8] { [] }
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
        var runs: [Run] = []
        var seedlings: [FrameSection.Seedling] = []
        for index in 0..<UInt32(count) {
            var recipe = recipe
            recipe.settings.seed &+= index
            runs.append(try Run(recipe, memory: 0))
            seedlings.append(FrameSection.Seedling(seed: recipe.settings.seed, step: 0))
        }
        state = Mutex(State(runs: runs, seedlings: seedlings, view: runs[0].view))
    }

    /// Ends it after the current slice.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        guard !isStopped.load(ordering: .relaxed) else { return .idle }
        return state.withLock { state in
            let isDone = !state.advance(to: steps, until: deadline)
            let now = ContinuousClock.now
            if isDone || now >= state.nextPicture {
                state.nextPicture = now + Self.interval
                // The last picture is the result; those before may be skipped when the viewer is behind.
                if isDone || !viewer.socket.isCongested {
                    viewer.socket.send(state.picture(fakes: Self.fakes))
                }
            }
            return isDone ? .idle : .again
        }
    }
}
