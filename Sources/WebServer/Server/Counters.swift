import Synchronization

/// A number that any thread may change and read.
final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .relaxed) }

    func add(_ amount: Int) { number.add(amount, ordering: .relaxed) }
}

/// What a server counts.
final class Counters: Sendable {
    let connections = Counter()
    let accepted = Counter()
    let refused = Counter()
    let webSockets = Counter()
    /// Responses by the first digit of their status, 1 to 5.
    let responses = (0..<6).map { _ in Counter() }
    let requestNanoseconds = Counter()
    let bytesReceived = Counter()
    let bytesSent = Counter()
    let messagesReceived = Counter()
    let messagesSent = Counter()
    let framesSent = Counter()
    let framesDropped = Counter()
}
