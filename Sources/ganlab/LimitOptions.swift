import ArgumentParser
import Lab

/// What may be kept, for how long, and when sessions that nobody watches rest.
struct LimitOptions: ParsableArguments {
    @Option(help: "Megabytes that the data folder may fill.")
    var quota = 1024

    @Option(help: "Days after which a session that nobody came back to is forgotten.")
    var keepDays = 90.0

    @Option(help: "Days in which an experiment deleted from the gallery can be restored.")
    var trashDays = 7.0

    @Option(help: "Seconds after which a session that nobody watches pauses.")
    var pauseAfter = 60.0

    @Option(
        help:
            "Seconds after which a session that nobody watches is put away; it wakes when somebody comes back."
    )
    var putAwayAfter = 300.0

    func validate() throws {
        guard (1...1_000_000_000).contains(quota) else { throw ValidationError("--quota is at least 1 MB.") }
        let times = [keepDays, trashDays, pauseAfter, putAwayAfter]
        guard times.allSatisfy({ (0...1e9).contains($0) }) else {
            throw ValidationError("Days and seconds cannot be negative.")
        }
    }

    func apply(to configuration: inout LabServer.Configuration) {
        configuration.store.bytes = quota << 20
        configuration.store.sessionAge = keepDays * StoreLimits.day
        configuration.store.trashAge = trashDays * StoreLimits.day
        configuration.limits.unwatchedTraining = .seconds(pauseAfter)
        configuration.limits.putAwayAfter = .seconds(putAwayAfter)
    }
}
