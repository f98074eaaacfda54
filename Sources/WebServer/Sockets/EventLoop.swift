import CSockets
import Glibc
import Synchronization

/// Something whose descriptor the event loop watches. All calls come on the loop's thread.
protocol EventSource: AnyObject {
    /// The descriptor can be read or written, or the peer has gone.
    func ready(_ readiness: Readiness)
    /// `notify` was called by another thread: take what that thread has left, and send what comes of it.
    func notified()
    /// `notify` was called on the loop, during some source's turn: take what was left, and send in `flush`.
    func notifiedOnLoop()
    /// Bytes were queued outside of `ready`; write them now.
    func flush()
    /// The deadline set for this source has passed.
    func expired()
}

extension EventSource {
    func notified() {}
    func notifiedOnLoop() {}
    func flush() {}
    func expired() {}
}

/// Names a source for as long as it is registered; never names a later one in the same slot.
struct Token: Hashable, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init(slot: Int, generation: UInt32) { rawValue = UInt64(generation) << 32 | UInt64(slot) }

    var slot: Int { Int(rawValue & 0xffff_ffff) }
    var generation: UInt32 { UInt32(rawValue >> 32) }
}

/// One thread that waits for descriptors, deadlines and messages, and runs what they call for.
///
/// Nothing on it may block. Other threads reach it by `post` and `notify` only.
// Sound: apart from the locked inbox, state is touched by the loop's own thread alone (before `run`, by the
// thread that sets it up).
final class EventLoop: @unchecked Sendable {
    private enum Message {
        case run(@Sendable () -> Void)
        case notify(Token)
    }

    private struct Inbox {
        var messages: [Message] = []
        /// Nobody reads them any more.
        var isClosed = false
    }

    private struct Slot {
        var source: (any EventSource)?
        var generation: UInt32 = 0
        var deadline = UInt64.max
    }

    /// Bytes are received here and parsed in place; what is left over, a connection copies.
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    /// Nanoseconds on the monotonic clock, taken once an iteration.
    private(set) var now = EventLoop.clock()
    /// How long the last iterations took, from waking to sleeping again.
    let lag = LagMeter()

    private let poller: Poller
    private let wakeup: Descriptor
    private let inbox = Mutex(Inbox())
    private let thread = Atomic<UInt>(0)
    private var slots: [Slot] = []
    private var freeSlots: [Int] = []
    private var unflushed: [Token] = []
    private var messages: [Message] = []
    private var timers: [(deadline: UInt64, job: () -> Void)] = []
    private var nextSweep = UInt64.max
    private var isRunning = true
    private var busyPolling = BusyPolling()
    private var turnEnd: UInt64 = 0

    private static let wakeupToken = UInt64.max

    init() throws(SystemError) {
        poller = try Poller()
        wakeup = try Descriptor(eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC)), from: "eventfd")
        try poller.add(wakeup.raw, token: Self.wakeupToken, interest: .readable)
    }

    deinit { readBuffer.deallocate() }

    static func clock() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Whether the caller is on the loop's thread.
    var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    // MARK: From any thread

    /// Runs `job` on the loop, after what it is doing now.
    func post(_ job: @escaping @Sendable () -> Void) { deliver(.run(job)) }

    /// Tells the source called `token` that something waits for it, if it is still there.
    func notify(_ token: Token) {
        if isCurrent { source(token)?.notifiedOnLoop() } else { deliver(.notify(token)) }
    }

    private func deliver(_ message: Message) {
        let mustWake = inbox.withLock { inbox in
            guard !inbox.isClosed else { return false }
            inbox.messages.append(message)
            return inbox.messages.count == 1
        }
        guard mustWake else { return }
        var one: UInt64 = 1
        _ = write(wakeup.raw, &one, 8)
    }

    // MARK: On the loop

    func register(_ source: any EventSource, descriptor: Int32, interest: Readiness) throws(SystemError)
        -> Token
    {
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = free
        } else {
            slot = slots.count
            slots.append(Slot())
        }
        let token = Token(slot: slot, generation: slots[slot].generation)
        do {
            try poller.add(descriptor, token: token.rawValue, interest: interest)
        } catch {
            freeSlots.append(slot)
            throw error
        }
        slots[slot].source = source
        return token
    }

    func setInterest(_ interest: Readiness, of token: Token, descriptor: Int32) {
        poller.modify(descriptor, token: token.rawValue, interest: interest)
    }

    /// Forgets a source; events already fetched for it are dropped by its token's generation.
    func unregister(_ token: Token, descriptor: Int32) {
        guard source(token) != nil else { return }
        poller.remove(descriptor)
        slots[token.slot].source = nil
        slots[token.slot].deadline = .max
        slots[token.slot].generation &+= 1
        freeSlots.append(token.slot)
    }

    func source(_ token: Token) -> (any EventSource)? {
        guard token.slot < slots.count, slots[token.slot].generation == token.generation else { return nil }
        return slots[token.slot].source
    }

    /// Has `flush` called on the source before the loop sleeps.
    func needsFlush(_ token: Token) { unflushed.append(token) }

    /// Calls `expired` on the source once the clock passes `deadline` (nanoseconds; `.max` for never).
    func setDeadline(_ deadline: UInt64, of token: Token) {
        slots[token.slot].deadline = deadline
        nextSweep = min(nextSweep, deadline)
    }

    /// Runs `job` once, so many seconds from now.
    func schedule(after seconds: Double, _ job: @escaping () -> Void) {
        timers.append((Self.clock() + UInt64(seconds * 1e9), job))
        nextSweep = min(nextSweep, timers.last!.deadline)
    }

    /// Calls `visit` with every source there is.
    func forEachSource(_ visit: (any EventSource) -> Void) {
        for source in slots.compactMap(\.source) { visit(source) }
    }

    func stop() { isRunning = false }

    /// Runs until `stop`.
    func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        while isRunning {
            let count = wait()
            for index in 0..<count {
                let (token, readiness) = poller[index]
                if token == Self.wakeupToken {
                    var counter: UInt64 = 0
                    _ = read(wakeup.raw, &counter, 8)
                } else {
                    source(Token(rawValue: token))?.ready(readiness)
                }
            }
            readMessages()
            if now >= nextSweep { sweep() }
            flushSources()
            turnEnd = Self.clock()
            lag.record(nanoseconds: turnEnd - now)
        }
        close()
    }

    /// Lets go of all that waited for a turn, which may hold this loop in turn.
    private func close() {
        let unread = inbox.withLock { inbox in
            inbox.isClosed = true
            defer { inbox.messages = [] }
            return inbox.messages
        }
        // Released outside of the lock: what a message holds may post a last one.
        withExtendedLifetime(unread) {}
        timers = []
        unflushed = []
    }

    /// Waits for events, at most until the next deadline, and sets `now`.
    private func wait() -> Int {
        var count = 0
        if busyPolling.isWorthwhile {
            repeat {
                count = poller.wait(milliseconds: 0)
                now = Self.clock()
            } while count == 0 && now - turnEnd < BusyPolling.duration
        }
        if count == 0 {
            count = poller.wait(milliseconds: timeout())
            now = Self.clock()
        }
        busyPolling.ended(
            after: now - turnEnd, hasEvents: count > 0, sources: slots.count - freeSlots.count)
        return count
    }

    private func timeout() -> Int32 {
        if !unflushed.isEmpty { return 0 }
        if nextSweep == .max { return -1 }
        let time = Self.clock()
        return nextSweep <= time ? 0 : Int32(min((nextSweep - time) / 1_000_000 + 1, 60_000))
    }

    private func readMessages() {
        inbox.withLock { swap(&$0.messages, &messages) }
        for message in messages {
            switch message {
            case .run(let job): job()
            case .notify(let token): source(token)?.notified()
            }
        }
        messages.removeAll(keepingCapacity: messages.capacity <= 4096)
    }

    private func flushSources() {
        var index = 0
        while index < unflushed.count {
            source(unflushed[index])?.flush()
            index += 1
        }
        unflushed.removeAll(keepingCapacity: true)
    }

    /// Looks at every deadline. They move later with each request, so most sweeps find nothing: at most ten a
    /// second, and a linear pass over a few thousand integers, cost less than a heap kept in order.
    private func sweep() {
        var nearest = UInt64.max
        nextSweep = .max
        for slot in slots.indices where slots[slot].deadline != .max {
            if slots[slot].deadline <= now {
                slots[slot].deadline = .max
                slots[slot].source?.expired()
            }
            nearest = min(nearest, slots[slot].deadline)
        }
        let due = timers.filter { $0.deadline <= now }
        timers.removeAll { $0.deadline <= now }
        for timer in due { timer.job() }
        nearest = min(nearest, nextSweep, timers.map(\.deadline).min() ?? .max)
        nextSweep = nearest == .max ? .max : max(nearest, now + 100_000_000)
    }
}
