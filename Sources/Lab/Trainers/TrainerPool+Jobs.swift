extension TrainerPool {
    /// Has a trainer do something once, soon: for what takes too long for the server's loop.
    func run(_ job: @escaping @Sendable () -> Void) {
        wake(OneJob(job))
    }
}

/// Work of a single slice.
private final class OneJob: Work {
    private let job: @Sendable () -> Void

    init(_ job: @escaping @Sendable () -> Void) {
        self.job = job
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        job()
        return .idle
    }
}
