import Glibc

/// What the whole process uses.
public struct ProcessMetrics: Sendable {
    /// Bytes of memory that are really there; nil if the system does not say.
    public let residentBytes: Int?
    /// Time on a processor, of all threads, for the process and for the system on its behalf.
    public let processorSeconds: Double

    /// As it is now.
    public init() {
        residentBytes = Self.residentPages().map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        processorSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
    }

    /// Adds them under the names that Prometheus' own libraries use.
    func write(to text: inout PrometheusText) {
        if let residentBytes {
            text.gauge("process_resident_memory_bytes", "Memory that the process holds.", residentBytes)
        }
        text.counter(
            "process_cpu_seconds_total", "Processor time that the process has used.", processorSeconds)
    }

    /// The second number in /proc/self/statm (proc(5)).
    private static func residentPages() -> Int? {
        let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &bytes, bytes.count)
        let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        return words.count > 1 ? Int(words[1]) : nil
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
