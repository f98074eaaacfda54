import Synchronization

/// Work that takes longer than a slice of training: reading what people bring, drawing pictures, making films.
///
/// It has a few threads of its own, which give way to all others where the machine is short of cores, so that neither the
/// event loop nor anybody's training waits for it. A bounded number of jobs is accepted at a time, and a bounded
/// number of bytes that they hold; whoever comes then is told that the server is busy. An address that holds three
/// times as much as is still free gets no more of it (dynamic thresholds, as in ``Places``): alone it has three
/// quarters of the queue, and the next one always finds room.
package final class JobQueue: Sendable {
    /// How much is accepted.
    package struct Limits: Sendable {
        /// Jobs that run at the same time.
        package var threads = 2
        /// Jobs that run or wait.
        package var jobs = 64
        /// Bytes that these hold together.
        package var bytes = 64 << 20

        /// The defaults.
        package init() {}
    }

    /// Why a job was not accepted.
    package enum Refusal: Sendable {
        /// Too much is waiting already.
        case full
        /// What is still free is left to other addresses.
        case shareUsed
    }

    private struct Load {
        var jobs = 0
        var bytes = 0

        mutating func add(jobs: Int, bytes: Int) {
            self.jobs += jobs
            self.bytes += bytes
        }
    }

    private struct State {
        var all = Load()
        /// Of the addresses that have jobs here.
        var byClient: [ClientAddress: Load] = [:]
    }

    /// How many times as much as is still free one address may hold.
    private static let shareOfFree = 3

    /// Added to the nice value of the server's other threads.
    private static let niceness: Int32 = 5

    private let limits: Limits
    private let pool: WorkerPool
    private let state = Mutex(State())
    private let memoryReturn = MemoryReturn()

    /// A queue whose threads are not started yet.
    package init(_ limits: Limits = Limits()) {
        self.limits = limits
        pool = WorkerPool(trainers: limits.threads, name: "job", niceness: Self.niceness)
    }

    /// Starts the threads; what was submitted before waits until then.
    package func start() { pool.start() }

    /// Ends the threads after what they are doing, and waits for them. Jobs that were not begun are let go.
    package func stop() { pool.stop() }

    /// Has `job` done on a thread of the queue.
    ///
    /// - Parameters:
    ///   - client: Whose job it is.
    ///   - bytes: What the job holds while it waits and runs.
    /// - Returns: Why it is not accepted; then nothing is done. Nil if it is.
    package func submit(
        for client: ClientAddress, bytes: Int = 0, _ job: @escaping @Sendable () -> Void
    ) -> Refusal? {
        submit(for: client, bytes: bytes) { _ in
            job()
            return true
        }
    }

    /// Has a long job done in slices, between which others have their turns: `slice` is called with the time at which to
    /// stop for now, until it says that it is done.
    package func submit(
        for client: ClientAddress, bytes: Int = 0,
        slices slice: @escaping @Sendable (ContinuousClock.Instant) -> Bool
    ) -> Refusal? {
        if let refusal = enter(client, bytes) { return refusal }
        pool.wake(
            QueuedJob { [self] deadline in
                guard slice(deadline) else { return .again }
                leave(client, bytes)
                return .idle
            })
        return nil
    }

    /// Runs one slice of the next job on the calling thread, and says whether there was one: for a queue that was not
    /// started.
    package func runNext(until deadline: ContinuousClock.Instant) -> Bool { pool.runNext(until: deadline) }

    private func enter(_ client: ClientAddress, _ bytes: Int) -> Refusal? {
        state.withLock { state in
            let own = state.byClient[client] ?? Load()
            let free = Load(jobs: limits.jobs - state.all.jobs, bytes: limits.bytes - state.all.bytes)
            guard free.jobs > 0, free.bytes >= bytes else { return .full }
            guard own.jobs < Self.shareOfFree * free.jobs,
                bytes == 0 || own.bytes < Self.shareOfFree * free.bytes
            else { return .shareUsed }
            state.all.add(jobs: 1, bytes: bytes)
            state.byClient[client, default: Load()].add(jobs: 1, bytes: bytes)
            return nil
        }
    }

    private func leave(_ client: ClientAddress, _ bytes: Int) {
        state.withLock { state in
            state.all.add(jobs: -1, bytes: -bytes)
            state.byClient[client]?.add(jobs: -1, bytes: -bytes)
            if state.byClient[client]?.jobs == 0 { state.byClient[client] = nil }
        }
        if bytes >= Self.largeJob { returnMemorySoon() }
    }

    /// Gives back to the system what is free of the process's memory, soon after something large has ended.
    func returnMemorySoon() {
        if memoryReturn.request() { pool.wake(memoryReturn) }
    }

    /// Bytes of a job after which memory is worth being returned.
    private static let largeJob = 1 << 18
}

private final class QueuedJob: Work {
    private typealias Slice = @Sendable (ContinuousClock.Instant) -> Progress

    /// Let go when it is done: a pool may remember the job itself for longer.
    private let go: Mutex<Slice?>

    init(_ go: @escaping @Sendable (ContinuousClock.Instant) -> Progress) {
        self.go = Mutex(go)
    }

    func slice(until deadline: ContinuousClock.Instant) -> Progress {
        let progress = go.withLock { $0 }?(deadline) ?? .idle
        if progress == .idle { go.withLock { $0 = nil } }
        return progress
    }
}
