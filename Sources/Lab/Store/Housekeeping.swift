import Logging

/// Keeps the store within its limits: a sweep now, and one every so often.
final class Housekeeping: Work {
    private let archive: Archive
    private let interval: Duration
    private let logger: Logger

    init(archive: Archive, every interval: Duration, logger: Logger) {
        self.archive = archive
        self.interval = interval
        self.logger = logger
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        archive.queue.read { [archive] store throws(StoreError) in
            try store.sweep(archive.limits)
        } _: { [logger] result in
            if case .failure(let error) = result { logger.warning("\(error)") }
        }
        return .at(.now + interval)
    }
}
