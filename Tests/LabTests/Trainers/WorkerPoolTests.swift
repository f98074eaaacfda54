import Dispatch
import Lab
import Synchronization
import TestSupport
import Testing

@Suite("The trainers")
struct WorkerPoolTests {
    /// Counts its slices and notices when two overlap.
    private final class Counter: Work {
        let slices = Atomic<Int>(0)
        let overlaps = Atomic<Int>(0)
        private let isRunning = Atomic<Bool>(false)
        private let goal: Int
        let done = DispatchSemaphore(value: 0)

        init(goal: Int) { self.goal = goal }

        func slice(until deadline: ContinuousClock.Instant) -> Progress {
            if isRunning.exchange(true, ordering: .acquiring) { overlaps.add(1, ordering: .relaxed) }
            defer { isRunning.store(false, ordering: .releasing) }
            let count = slices.add(1, ordering: .relaxed).newValue
            if count == goal { done.signal() }
            if count >= goal { return .idle }
            return count % 3 == 0 ? .at(.now + .microseconds(200)) : .again
        }
    }

    @Test("Everybody's work gets done, never twice at once, on any number of trainers", arguments: [1, 2, 4])
    func work(trainers: Int) {
        let pool = WorkerPool(trainers: trainers)
        pool.start()
        let counters = (0..<20).map { _ in Counter(goal: 50) }
        for counter in counters { pool.wake(counter) }
        for counter in counters {
            #expect(counter.done.wait(timeout: .now() + .seconds(Patience.seconds)) == .success)
            #expect(counter.overlaps.load(ordering: .relaxed) == 0)
        }
        pool.stop()
    }

    @Test("Work that is asleep can be woken from any thread")
    func wake() {
        final class Sleeper: Work {
            let woken = DispatchSemaphore(value: 0)
            func slice(until deadline: ContinuousClock.Instant) -> Progress {
                woken.signal()
                return .at(.now + .seconds(3600))
            }
        }
        let pool = WorkerPool(trainers: 2)
        pool.start()
        let sleeper = Sleeper()
        for _ in 0..<100 {
            pool.wake(sleeper)
            #expect(sleeper.woken.wait(timeout: .now() + .seconds(Patience.seconds)) == .success)
        }
        pool.stop()
    }
}
