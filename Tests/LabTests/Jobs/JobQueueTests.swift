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

    @Test("What is accepted is done, once")
    func work() {
        let queue = JobQueue(Self.limits())
        let done = DispatchSemaphore(value: 0)
        let runs = Atomic<Int>(0)
        queue.start()
        for _ in 0..<20 {
            let isAccepted = queue.submit {
                runs.add(1, ordering: .relaxed)
                done.signal()
            }
            #expect(isAccepted)
        }
        for _ in 0..<20 { done.wait() }
        queue.stop()
        #expect(runs.load(ordering: .relaxed) == 20)
    }

    @Test("More jobs than the limit are refused, until others are done")
    func jobs() {
        let queue = JobQueue(Self.limits(jobs: 3))
        let done = DispatchSemaphore(value: 0)
        let accepted = (0..<5).map { _ in queue.submit { done.signal() } }
        #expect(accepted == [true, true, true, false, false])
        queue.start()
        for _ in 0..<3 { done.wait() }
        // The place of a job is free once the job has returned, just after its signal.
        while !queue.submit({ done.signal() }) {}
        done.wait()
        queue.stop()
    }

    @Test("More bytes than the limit are refused, until others are done")
    func bytes() {
        let queue = JobQueue(Self.limits(bytes: 1_000))
        let done = DispatchSemaphore(value: 0)
        #expect(queue.submit(bytes: 900) { done.signal() })
        #expect(!queue.submit(bytes: 101) {})
        #expect(queue.submit(bytes: 100) { done.signal() })
        queue.start()
        for _ in 0..<2 { done.wait() }
        while !queue.submit(bytes: 1_000, { done.signal() }) {}
        done.wait()
        queue.stop()
    }

    @Test("A job that goes on and on in slices does not hold up the others")
    func slices() {
        let queue = JobQueue(Self.limits())
        let mayEnd = Atomic<Bool>(false)
        let (shortDone, longDone) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let long = queue.submit { (_: ContinuousClock.Instant) in
            guard mayEnd.load(ordering: .relaxed) else { return false }
            longDone.signal()
            return true
        }
        #expect(long && queue.submit { shortDone.signal() })
        queue.start()
        shortDone.wait()
        mayEnd.store(true, ordering: .relaxed)
        longDone.wait()
        queue.stop()
    }
}
