import GANEngine

/// When the next steps of a session that plays are due.
package struct Pace: Sendable {
    /// Nil is as fast as it goes.
    package private(set) var stepsPerSecond: Double?
    private var start: ContinuousClock.Instant
    private var taken = 0.0

    /// Steps per second that a pace may have; a session's speed is within it or unlimited.
    package static let bounds = 0.1...1_000_000

    /// The first step is due at once. A speed outside ``bounds`` counts as the nearest within.
    package init(stepsPerSecond: Double?, from now: ContinuousClock.Instant) {
        self.stepsPerSecond = stepsPerSecond.flatMap(Self.bounded)
        start = now
    }

    /// The nearest speed within ``bounds``; nil, as fast as it goes, for NaN.
    package static func bounded(_ speed: Double) -> Double? {
        speed.isNaN ? nil : min(max(speed, bounds.lowerBound), bounds.upperBound)
    }

    /// Steps that are due by now and not taken yet; no limit is `Int.max`.
    ///
    /// A machine that cannot keep up does not collect debts: at most half a second is made up for.
    package mutating func due(at now: ContinuousClock.Instant) -> Int {
        guard let stepsPerSecond else { return .max }
        let elapsed = (now - start) / .seconds(1)
        let due = (elapsed * stepsPerSecond).rounded(.down) + 1 - taken
        let mostOwed = max(1, stepsPerSecond / 2)
        guard due > mostOwed else { return Int(clamping: max(0, due)) }
        taken += due - mostOwed
        return Int(clamping: mostOwed)
    }

    /// Notes that steps were taken.
    package mutating func take(_ steps: Int) {
        taken += Double(steps)
    }

    /// When the next step is due.
    package var next: ContinuousClock.Instant {
        guard let stepsPerSecond else { return start }
        return start + .seconds(taken / stepsPerSecond)
    }
}

/// Measures the steps a second that a session really takes, over about half a second.
package struct SpeedMeter: Sendable {
    private static let window = Duration.milliseconds(500)

    /// The latest measurement; 0 while nothing runs.
    package private(set) var stepsPerSecond = 0.0
    private var start: ContinuousClock.Instant?
    private var steps = 0

    /// A meter that reads 0.
    package init() {}

    /// Counts steps that were just taken.
    package mutating func count(_ taken: Int, at now: ContinuousClock.Instant) {
        guard let start else {
            self.start = now
            steps = 0
            return
        }
        steps += taken
        let elapsed = now - start
        // Slower than a few steps a window, a window would tell 0 or twice the truth by chance.
        guard elapsed >= Self.window, steps >= 3 || elapsed > .seconds(30) else { return }
        stepsPerSecond = Double(steps) / (elapsed / .seconds(1))
        self.start = now
        steps = 0
    }

    /// Back to 0: the session stands still.
    package mutating func stop() {
        self = SpeedMeter()
    }
}
