import CSockets
import Glibc

/// What a descriptor is ready for, or what its owner wants to hear about.
struct Readiness: OptionSet {
    let rawValue: UInt8

    static let readable = Readiness(rawValue: 1)
    static let writable = Readiness(rawValue: 2)
    /// The connection is gone in both directions; reported whether asked for or not.
    static let hungUp = Readiness(rawValue: 4)
}

/// The operating system's readiness queue, level-triggered.
///
/// The only type that knows of epoll: kqueue would be another struct with these five methods.
struct Poller: ~Copyable {
    private let queue: Descriptor
    private let events: UnsafeMutableBufferPointer<epoll_event>

    init(capacity: Int = 512) throws(SystemError) {
        queue = try Descriptor(epoll_create1(Int32(EPOLL_CLOEXEC)), from: "epoll_create1")
        events = .allocate(capacity: capacity)
    }

    deinit { events.deallocate() }

    /// Starts to watch `descriptor`; its events carry `token`.
    func add(_ descriptor: Int32, token: UInt64, interest: Readiness) throws(SystemError) {
        var event = Self.event(token, interest)
        guard epoll_ctl(queue.raw, EPOLL_CTL_ADD, descriptor, &event) == 0 else {
            throw SystemError("epoll_ctl")
        }
    }

    /// Changes what is watched for.
    func modify(_ descriptor: Int32, token: UInt64, interest: Readiness) {
        var event = Self.event(token, interest)
        _ = epoll_ctl(queue.raw, EPOLL_CTL_MOD, descriptor, &event)
    }

    /// Stops watching; closing the descriptor does so too, if no copy of it is open.
    func remove(_ descriptor: Int32) {
        var event = epoll_event()
        _ = epoll_ctl(queue.raw, EPOLL_CTL_DEL, descriptor, &event)
    }

    /// Waits at most `milliseconds` (-1: for ever) and returns how many events there are to read.
    func wait(milliseconds: Int32) -> Int {
        max(0, Int(epoll_wait(queue.raw, events.baseAddress, Int32(events.count), milliseconds)))
    }

    /// The event at `index`, after `wait`.
    subscript(index: Int) -> (token: UInt64, readiness: Readiness) {
        let event = events[index]
        var readiness: Readiness = []
        if event.events & EPOLLIN.rawValue != 0 { readiness.insert(.readable) }
        if event.events & EPOLLOUT.rawValue != 0 { readiness.insert(.writable) }
        if event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { readiness.insert(.hungUp) }
        return (event.data.u64, readiness)
    }

    private static func event(_ token: UInt64, _ interest: Readiness) -> epoll_event {
        var mask: UInt32 = 0
        if interest.contains(.readable) { mask |= EPOLLIN.rawValue }
        if interest.contains(.writable) { mask |= EPOLLOUT.rawValue }
        return epoll_event(events: mask, data: epoll_data_t(u64: token))
    }
}
