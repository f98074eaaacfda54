/// What a server counts.
final class Counters: Sendable {
    let connections = Counter()
    let accepted = Counter()
    let refused = Counter()
    let webSockets = Counter()
    /// Responses by the first digit of their status, 1 to 5.
    let responses = (0..<6).map { _ in Counter() }
    let requestNanoseconds = Counter()
    let traffic = Traffic()
    let messagesReceived = Counter()
    let messagesSent = Counter()
    let framesSent = Counter()
    let framesDropped = Counter()
}
