import Glibc
import WebServer

/// How long tests wait for what must come: far longer than the slowest machine takes, so that only a fault is waited for
/// in vain.
public enum Patience {
    public static let seconds = 600
}

/// Asks until it holds; whether it did before patience ended.
public func eventually(_ holds: () throws -> Bool) rethrows -> Bool {
    let end = ContinuousClock.now + .seconds(Patience.seconds)
    while ContinuousClock.now < end {
        if try holds() { return true }
        usleep(5_000)
    }
    return false
}

/// For limits of time that have to pass for the test to succeed, but not before the client has done its part: tries
/// longer and longer ones, so that a busy machine costs time and not the test.
public func withGrowingLimits(_ succeeds: (_ seconds: Double) throws -> Bool) rethrows -> Bool {
    for seconds in [0.2, 1, 5, 25, 125] where try succeeds(seconds) { return true }
    return false
}

extension ServerConfiguration {
    /// On any free port of this machine, with clients that may take their time.
    public static var patient: ServerConfiguration {
        var configuration = ServerConfiguration(port: 0)
        let seconds = Double(Patience.seconds)
        configuration.timeouts.head = seconds
        configuration.timeouts.body = seconds
        configuration.timeouts.idle = seconds
        configuration.timeouts.write = seconds
        return configuration
    }
}
