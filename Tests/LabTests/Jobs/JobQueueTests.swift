import Dispatch
import Lab
import Synchronization
import Testing

@Suite("Work besides training")
struct JobQueueTests {
    private static func limits(jobs: Int = 64, bytes: Int = 1_000) -> JobQueue.Limits {
        var limits = JobQueue.Limits()
        limits.threads = 1
        limits.jobs = jobs
        limits.bytes = bytes
        return limits
    }

    /// A different address for every number.
    private static func client(_ number: Int) -> ClientAddress { ClientAddress("10.0.0.\(number)") }

    @Test("What is accepted is done, once")
    func work() {
        let queue = JobQueue(Self.limits())
        let done = DispatchSemaphore(value: 0)
        let runs = Atomic<Int>(0)
        queue.start()
        for _ in 0..<20 {
            let refusal = queue.submit(for: Self.client(1)) {
                runs.add(1, ordering: .relaxed)
                done.signal()
            }
            #expect(refusal == nil)
        }
        for _ in 0..<20 { done.wait() }
        queue.stop()
        #expect(runs.load(ordering: .relaxed) == 20)
    }

    @Test("More jobs than the limit are refused, until others are done")
    func jobs() {
        let queue = JobQueue(Self.limits(jobs: 3))
        let done = DispatchSemaphore(value: 0)
        let refusals = (0..<5).map { queue.submit(for: Self.client($0)) { done.signal() } }
        #expect(refusals == [nil, nil, nil, .full, .full])
        queue.start()
        for _ in 0..<3 { done.wait() }
        // The place of a job is free once the job has returned, just after its signal.
        while queue.submit(for: Self.client(1), { done.signal() }) != nil {}
        done.wait()
        queue.stop()
    }

    @Test("More bytes than the limit are refused, until others are done")
    func bytes() {
        let queue = JobQueue(Self.limits(bytes: 1_000))
        let done = DispatchSemaphore(value: 0)
        #expect(queue.submit(for: Self.client(1), bytes: 900) { done.signal() } == nil)
        #expect(queue.submit(for: Self.client(2), bytes: 101) {} == .full)
        #expect(queue.submit(for: Self.client(2), bytes: 100) { done.signal() } == nil)
        queue.start()
        for _ in 0..<2 { done.wait() }
        while queue.submit(for: Self.client(1), bytes: 1_000, { done.signal() }) != nil {}
        done.wait()
        queue.stop()
    }

    @Test("An address that asks for very much leaves room for the next, in jobs and in bytes")
    func shares() {
        let queue = JobQueue(Self.limits(jobs: 64, bytes: 1_000))
        let (greedy, next) = (Self.client(1), Self.client(2))
        let refusals = (0..<64).map { _ in queue.submit(for: greedy) {} }
        #expect(refusals.count { $0 == nil } == 48)
        #expect(refusals.last == .shareUsed)
        #expect(queue.submit(for: next) {} == nil)

        let large = JobQueue(Self.limits(jobs: 64, bytes: 1_000))
        for _ in 0..<8 { #expect(large.submit(for: greedy, bytes: 100) {} == nil) }
        #expect(large.submit(for: greedy, bytes: 100) {} == .shareUsed)
        #expect(large.submit(for: greedy) {} == nil, "a job that holds nothing takes no bytes from others")
        #expect(large.submit(for: next, bytes: 200) {} == nil)
    }

    @Test("An address has its share back once its jobs are done")
    func shareIsGivenBack() {
        let queue = JobQueue(Self.limits(jobs: 4))
        let client = Self.client(1)
        let deadline = ContinuousClock.now
        for _ in 0..<10 {
            for _ in 0..<3 { #expect(queue.submit(for: client) {} == nil) }
            #expect(queue.submit(for: client) {} == .shareUsed)
            while queue.runNext(until: deadline) {}
        }
    }

    @Test("A job that goes on and on in slices does not hold up the others")
    func slices() {
        let queue = JobQueue(Self.limits())
        let mayEnd = Atomic<Bool>(false)
        let (shortDone, longDone) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let long = queue.submit(for: Self.client(1)) { (_: ContinuousClock.Instant) in
            guard mayEnd.load(ordering: .relaxed) else { return false }
            longDone.signal()
            return true
        }
        #expect(long == nil)
        #expect(queue.submit(for: Self.client(1)) { shortDone.signal() } == nil)
        queue.start()
        shortDone.wait()
        mayEnd.store(true, ordering: .relaxed)
        longDone.wait()
        queue.stop()
    }
}
