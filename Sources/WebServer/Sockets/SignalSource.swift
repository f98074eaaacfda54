import CSockets
import Glibc

/// Signals as something to read, so that they are handled on the loop like everything else.
final class SignalSource: EventSource {
    private let descriptor: Descriptor
    private let action: (Int32) -> Void

    /// Takes over `signals` for the whole process.
    init(_ signals: [Int32], action: @escaping (Int32) -> Void) throws(SystemError) {
        descriptor = try Descriptor(csockets_watch_signals(signals, Int32(signals.count)), from: "pipe2")
        self.action = action
    }

    func register(with loop: EventLoop) throws(SystemError) {
        _ = try loop.register(self, descriptor: descriptor.raw, interest: .readable)
    }

    func ready(_ readiness: Readiness) {
        var number: UInt8 = 0
        while read(descriptor.raw, &number, 1) == 1 { action(Int32(number)) }
    }
}
