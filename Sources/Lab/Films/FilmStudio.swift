import GANEngine
import Synchronization

/// Makes films, a few at a time, as jobs in slices, so that neither training nor other jobs wait for them.
final class FilmStudio: Sendable {
    typealias Completion = @Sendable (Result<[UInt8], CommandError>) -> Void

    /// Films made at once; whoever comes then is asked to come back.
    private static let places = 4
    /// Films that are kept to be shown again.
    private static let keptFilms = 64

    private struct State {
        var busy = 0
        /// The one shown last at the end.
        var kept: [(name: String, film: [UInt8])] = []
    }

    private let jobs: JobQueue
    private let state = Mutex(State())

    init(jobs: JobQueue) {
        self.jobs = jobs
    }

    /// Makes a film for `client` and hands it over, in a job. One that has a name is made once and kept for a while.
    func make(
        _ name: String? = nil, for client: ClientAddress,
        _ begin: @escaping @Sendable () throws(RecipeError) -> sending RunFilm,
        _ completion: @escaping Completion
    ) {
        if let kept = name.flatMap(find) { return completion(.success(kept)) }
        guard enter() else {
            let error = CommandError(
                .unavailable, "\(Self.places) films are being made already. Try again in a few seconds.")
            return completion(.failure(error))
        }
        let job = FilmJob(begin)
        let refusal = jobs.submit(for: client) { [self] deadline in
            guard let film = job.goOn(until: deadline) else { return false }
            leave(keeping: try? film.get(), as: name)
            completion(film)
            return true
        }
        if let refusal {
            leave()
            completion(.failure(CommandError(refusal)))
        }
    }

    private func find(_ name: String) -> [UInt8]? {
        state.withLock { state in
            guard let index = state.kept.firstIndex(where: { $0.name == name }) else { return nil }
            state.kept.append(state.kept.remove(at: index))
            return state.kept.last?.film
        }
    }

    private func enter() -> Bool {
        state.withLock { state in
            guard state.busy < Self.places else { return false }
            state.busy += 1
            return true
        }
    }

    private func leave(keeping film: [UInt8]? = nil, as name: String? = nil) {
        state.withLock { state in
            state.busy -= 1
            guard let film, let name else { return }
            state.kept.removeAll { $0.name == name }
            state.kept.append((name, film))
            if state.kept.count > Self.keptFilms { state.kept.removeFirst() }
        }
    }
}

/// One film being made.
private final class FilmJob: Sendable {
    private let begin: @Sendable () throws(RecipeError) -> sending RunFilm
    private let film = Mutex<RunFilm?>(nil)

    init(_ begin: @escaping @Sendable () throws(RecipeError) -> sending RunFilm) {
        self.begin = begin
    }

    /// The film, or why there is none, once that is known.
    func goOn(until deadline: ContinuousClock.Instant) -> Result<[UInt8], CommandError>? {
        film.withLock { film in
            do throws(RecipeError) {
                var current = if let film { film } else { try begin() }
                let isDone = current.advance(until: deadline)
                film = current
                return isDone ? .success(current.bytes) : nil
            } catch {
                return .failure(CommandError(error))
            }
        }
    }
}
