import Synchronization

/// A bar on standard error with the time that is left; nothing where nobody watches.
final class Progress: Sendable {
    private let total: Int
    private let start = ContinuousClock.now
    private let state = Mutex((done: 0, shown: -1))
    private let isWatched = StandardError().isTerminal

    /// `total` counts whatever ``add(_:)`` counts.
    init(total: Int) {
        self.total = max(1, total)
    }

    /// More is done. Any thread may say so.
    func add(_ count: Int) {
        state.withLock { state in
            state.done += count
            let permille = 1000 * state.done / total
            guard isWatched, permille != state.shown else { return }
            state.shown = permille
            draw(Double(state.done) / Double(total))
        }
    }

    /// Seconds since the start.
    var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// Clears the bar, so that a line can be printed; the next ``add(_:)`` draws it again.
    func clear() {
        if isWatched { StandardError().write("\r\u{1B}[K") }
    }

    private func draw(_ share: Double) {
        let filled = Int(30 * share)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        let left = (elapsed * (1 - share) / max(share, 1e-9)).minutesAndSeconds
        StandardError().write("\r\(bar) \((100 * share).shown(width: 5, 1)) %  \(left) left \u{1B}[K")
    }
}

extension Double {
    /// Seconds, as a person says them.
    var minutesAndSeconds: String {
        let seconds = Int(self)
        return seconds < 3600
            ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }
}
