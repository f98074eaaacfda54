import GANEngine
import Synchronization

/// Makes films, a few at a time, in slices like all other work, so that nobody's training waits for them.
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

    private let trainers: TrainerPool
    private let state = Mutex(State())

    init(trainers: TrainerPool) {
        self.trainers = trainers
    }

    /// Makes a film and hands it over, on a trainer. One that has a name is made once and kept for a while.
    func make(
        _ name: String? = nil, _ film: @Sendable () throws(RecipeError) -> sending RunFilm,
        _ completion: @escaping Completion
    ) {
        if let kept = name.flatMap(find) { return completion(.success(kept)) }
        guard enter() else {
            let error = CommandError(
                .unavailable, "\(Self.places) films are being made already. Try again in a few seconds.")
            return completion(.failure(error))
        }
        do throws(RecipeError) {
            trainers.wake(
                FilmJob(try film()) { [self] bytes in
                    leave(keeping: bytes, as: name)
                    completion(.success(bytes))
                })
        } catch {
            leave()
            completion(.failure(CommandError(error)))
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
private final class FilmJob: Work {
    private let film: Mutex<RunFilm>
    private let completion: @Sendable ([UInt8]) -> Void

    init(_ film: sending RunFilm, _ completion: @escaping @Sendable ([UInt8]) -> Void) {
        self.film = Mutex(film)
        self.completion = completion
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        let bytes = film.withLock { film in
            film.advance(until: deadline) ? film.bytes : nil
        }
        guard let bytes else { return .again }
        completion(bytes)
        return .idle
    }
}
