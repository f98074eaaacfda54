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

    /// Clears the bar.
    func finish() {
        if isWatched { StandardError().write("\r\u{1B}[K") }
    }

    private func draw(_ share: Double) {
        let filled = Int(30 * share)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let left = Int(elapsed * (1 - share) / max(share, 1e-9))
        let time = left < 3600 ? "\(left / 60) min \(left % 60) s" : "\(left / 3600) h \(left / 60 % 60) min"
        StandardError().write("\r\(bar) \((100 * share).shown(width: 5, 1)) %  \(time) left \u{1B}[K")
    }
}
