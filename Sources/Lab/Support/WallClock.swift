import Foundation

/// The time of day. Only what people read depends on it, never an experiment.
enum WallClock {
    /// Milliseconds since 1970.
    static func milliseconds() -> Double {
        (Date().timeIntervalSince1970 * 1000).rounded()
    }
}
