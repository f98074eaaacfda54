import CSockets
import Glibc

/// The thread a loop runs on, and a way to wait for its end.
final class LoopThread: Sendable {
    private let loop: EventLoop
    private let ended: Int32

    init(_ loop: EventLoop) throws(SystemError) {
        self.loop = loop
        ended = eventfd(0, Int32(EFD_CLOEXEC))
        guard ended >= 0 else { throw SystemError("eventfd") }
    }

    deinit { close(ended) }

    /// Starts it. It keeps itself alive until the loop stops.
    func start() throws(SystemError) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let result = pthread_create(
            &thread, nil,
            { argument in
                let thread = Unmanaged<LoopThread>.fromOpaque(argument!).takeRetainedValue()
                thread.loop.run()
                var one: UInt64 = 1
                _ = write(thread.ended, &one, 8)
                return nil
            }, argument)
        errno = result
        guard result == 0 else { throw SystemError("pthread_create") }
        pthread_detach(thread)
    }

    /// Blocks the caller until the loop has stopped.
    func wait() {
        var event = pollfd(fd: ended, events: Int16(POLLIN), revents: 0)
        while poll(&event, 1, -1) < 0, errno == EINTR {}
    }
}
