import GANEngine
import Synchronization

/// One recipe under several seeds, so that chance becomes visible; streamed to the client who asked.
///
/// All seeds together are one piece of work for the trainers: eight of them take no more than one session does.
final class SeedSweepTask: Work {
    /// Time between two pictures.
    private static let interval = Duration.milliseconds(250)

    private struct State {
        var sweep: SeedSweep
        var nextPicture = ContinuousClock.now
    }

    private let client: any Client
    private let isStopped = Atomic<Bool>(false)
    /// Touched only inside ``slice(until:)``.
    private let state: Mutex<State>

    /// Will run `count` seeds, from the recipe's own upwards. The recipe is valid.
    init(of recipe: Recipe, count: Int, steps: Int, for client: any Client) {
        self.client = client
        state = Mutex(State(sweep: SeedSweep(recipe, count: count, goal: steps)))
    }

    /// Ends it after the current slice.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        guard !isStopped.load(ordering: .relaxed) else { return .idle }
        return state.withLock { state in
            do throws(RecipeError) {
                guard try state.sweep.prepare() else { return .again }
            } catch {
                client.answer(Reply(error: CommandError(error)))
                return .idle
            }
            return advance(&state, until: deadline)
        }
    }

    private func advance(_ state: inout State, until deadline: ContinuousClock.Instant) -> Progress {
        if !state.sweep.isPictureBegun {
            state.sweep.advance(until: deadline)
            // The last picture is the result; those before may be skipped when the client is behind.
            let isDue = ContinuousClock.now >= state.nextPicture && !client.isBehind
            guard isDue || state.sweep.isDone else { return .again }
        }
        guard let picture = state.sweep.picture() else { return .again }
        client.send(picture)
        state.nextPicture = .now + Self.interval
        return state.sweep.isDone ? .idle : .again
    }
}
