import CMalloc
import Synchronization

/// Gives free memory back to the system.
///
/// glibc keeps what was freed for the next allocation, in as many arenas as there were threads: after 8 MB of JSON were
/// read, 80 MB of it. Returning it takes milliseconds, so it is done once a second at the most, and a second after it was
/// asked for, when what was large has been let go.
final class MemoryReturn: Work {
    private static let delay = Duration.seconds(1)
    /// Bytes of an allocation that is mapped by itself, and of free memory that may remain at the end of an arena. Left
    /// alone, both grow to 32 MB with the largest allocation so far, and `malloc_trim` leaves the ends of arenas as they are.
    private static let threshold: Int32 = 1 << 20

    private let due = Mutex<ContinuousClock.Instant?>(nil)

    /// Settles what the allocator keeps, for the whole process.
    init() {
        mallopt(M_MMAP_THRESHOLD, Self.threshold)
        mallopt(M_TRIM_THRESHOLD, Self.threshold)
    }

    /// Says whether this has to be woken for that.
    func request() -> Bool {
        due.withLock { due in
            guard due == nil else { return false }
            due = .now + Self.delay
            return true
        }
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        guard let next = due.withLock({ $0 }) else { return .idle }
        guard next <= .now else { return .at(next) }
        due.withLock { $0 = nil }
        malloc_trim(0)
        return .idle
    }
}
