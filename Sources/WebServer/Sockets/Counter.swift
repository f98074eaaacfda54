import Synchronization

/// A number that any thread may change and read.
final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .relaxed) }

    func add(_ amount: Int) { number.add(amount, ordering: .relaxed) }
}

/// The bytes that went through sockets, as the application sees them: without TLS.
final class Traffic: Sendable {
    let bytesReceived = Counter()
    let bytesSent = Counter()
}
