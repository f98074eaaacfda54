import CSockets
import Glibc

/// Signals as something to read, so that they are handled on the loop like everything else.
final class SignalSource: EventSource {
    private let descriptor: Descriptor
    private let action: (Int32) -> Void

    /// Takes over `signals` from the calling thread and every thread it starts afterwards.
    init(_ signals: [Int32], action: @escaping (Int32) -> Void) throws(SystemError) {
        var set = Self.block(signals)
        descriptor = try Descriptor(
            signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC)), from: "signalfd")
        self.action = action
    }

    @discardableResult
    static func block(_ signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        return set
    }

    func register(with loop: EventLoop) throws(SystemError) {
        _ = try loop.register(self, descriptor: descriptor.raw, interest: .readable)
    }

    func ready(_ readiness: Readiness) {
        var info = signalfd_siginfo()
        while read(descriptor.raw, &info, MemoryLayout<signalfd_siginfo>.size) > 0 {
            action(Int32(info.ssi_signo))
        }
    }
}
