import CSockets
import Glibc
import Synchronization

/// Takes log lines from any thread without waiting, and writes them to a descriptor on a thread of its own, several
/// times a second.
///
/// If whoever reads there falls far behind, lines are left out, and a line says how many: a stopped terminal stops
/// neither the server nor grows it.
public final class LogWriter: Sendable {
    private struct Lines {
        var bytes: [UInt8] = []
        var lost = 0
        var second = Int.min
        /// `2026-11-21T17:05:00`
        var time: [UInt8] = []
    }

    private let descriptor: Int32
    private let lines = Mutex(Lines())
    /// Held while bytes taken from `lines` are on their way out, so that they keep their order.
    private let output = Mutex(())
    /// Rung when there is a first line to write.
    private let bell: Int32

    /// So many bytes may wait.
    private static let limit = 1 << 20
    private static let pauseMicroseconds: UInt32 = 50_000

    /// Writes to `descriptor`, which stays the caller's: 2 is standard error. Works until the process ends.
    public init(descriptor: Int32 = 2) {
        self.descriptor = descriptor
        bell = eventfd(0, Int32(EFD_CLOEXEC))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                let writer = Unmanaged<LogWriter>.fromOpaque(argument!).takeRetainedValue()
                while true {
                    writer.waitForBell()
                    // What comes meanwhile leaves in the same call.
                    usleep(LogWriter.pauseMicroseconds)
                    writer.flush()
                }
            }, Unmanaged.passRetained(self).toOpaque())
        if result == 0 { pthread_detach(thread) }
    }

    /// Writes what has been logged so far. Blocks until it is written.
    public func flush() {
        output.withLock { _ in
            var bytes: [UInt8] = []
            let lost = lines.withLock { lines in
                swap(&bytes, &lines.bytes)
                defer { lines.lost = 0 }
                return lines.lost
            }
            if lost > 0 { bytes += "\(lost) lines were lost: nobody read them\n".utf8 }
            var written = 0
            while written < bytes.count {
                let count = bytes.withUnsafeBytes {
                    write(descriptor, $0.baseAddress! + written, bytes.count - written)
                }
                if count > 0 {
                    written += count
                } else if count < 0, errno == EAGAIN {
                    var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&event, 1, 1000)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    /// Has what has been logged so far written, but gives up after `limit`: whoever does not read what is logged does not
    /// keep a program from ending.
    public func flush(within limit: Duration) {
        let end = ContinuousClock.now + limit
        ring()
        while !isIdle, ContinuousClock.now < end { usleep(5_000) }
    }

    /// Whether nothing waits to be written and nothing is on its way out.
    private var isIdle: Bool {
        output.withLockIfAvailable { _ in lines.withLock(\.bytes.isEmpty) } ?? false
    }

    /// Adds the time and what `body` writes.
    func writeLine(_ body: (inout [UInt8]) -> Void) {
        let isFirst = lines.withLock { lines in
            guard lines.bytes.count < Self.limit else {
                lines.lost += 1
                return false
            }
            let isFirst = lines.bytes.isEmpty
            Self.writeTime(&lines)
            body(&lines.bytes)
            lines.bytes.append(UInt8(ascii: "\n"))
            return isFirst
        }
        if isFirst { ring() }
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(bell, &one, 8)
    }

    private func waitForBell() {
        var count: UInt64 = 0
        while read(bell, &count, 8) < 0, errno == EINTR {}
    }

    /// The date is put together once a second.
    private static func writeTime(_ lines: inout Lines) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &now)
        if now.tv_sec != lines.second {
            lines.second = now.tv_sec
            var seconds = time_t(now.tv_sec)
            var parts = tm()
            gmtime_r(&seconds, &parts)
            var text = [CChar](repeating: 0, count: 32)
            let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S", &parts)
            lines.time = text[..<count].map { UInt8(bitPattern: $0) }
        }
        lines.bytes.append(contentsOf: lines.time)
        let milliseconds = now.tv_nsec / 1_000_000
        lines.bytes.append(UInt8(ascii: "."))
        for divisor in [100, 10, 1] { lines.bytes.append(UInt8(milliseconds / divisor % 10) + 0x30) }
        lines.bytes.append(UInt8(ascii: "Z"))
        lines.bytes.append(UInt8(ascii: " "))
    }
}
