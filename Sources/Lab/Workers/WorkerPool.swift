import Dispatch
import Foundation
import GANEngine
import Synchronization

/// A fixed number of trainer threads that share all work between them in short slices.
///
/// Slices are short so that one greedy session never starves thirty others and an edit takes effect within
/// milliseconds; see ``Schedule`` for who is next.
package final class WorkerPool: Sendable {
    /// How long a slice lasts.
    package static let slice = Duration.milliseconds(2)

    private struct State {
        var schedule = Schedule<ObjectIdentifier>(headStart: WorkerPool.slice * 2)
        /// Keeps work alive while it is scheduled, and finds it again by its identity.
        var work: [ObjectIdentifier: any Work] = [:]
        var idleTrainers = 0
        var isStopping = false

        mutating func takeIdleTrainer() -> Bool {
            guard idleTrainers > 0 else { return false }
            idleTrainers -= 1
            return true
        }

        mutating func settle(_ slice: FinishedSlice) {
            schedule.finish(ObjectIdentifier(slice.work), slice.progress, used: slice.used)
        }

        /// The work to run now, if any.
        mutating func take(at now: ContinuousClock.Instant) -> (any Work)? {
            let next = schedule.take(at: now)
            while let id = schedule.forgetOne() { work[id] = nil }
            return next.flatMap { work[$0] }
        }
    }

    private struct FinishedSlice {
        let work: any Work
        let progress: Progress
        /// Processor time.
        let used: Duration
    }

    private let state = Mutex(State())
    /// Signalled once for each trainer that is to leave its sleep.
    private let alarm = DispatchSemaphore(value: 0)
    private let running = DispatchGroup()

    /// How many threads train.
    package let trainers: Int
    private let name: String
    private let niceness: Int32

    /// A pool whose threads are not started yet; one a core unless told otherwise.
    ///
    /// - Parameters:
    ///   - name: What its threads are called in a debugger.
    ///   - niceness: How far they give way to other threads: added to the process's nice value.
    package init(
        trainers: Int = ProcessInfo.processInfo.activeProcessorCount, name: String = "trainer",
        niceness: Int32 = 0
    ) {
        self.trainers = max(1, trainers)
        self.name = name
        self.niceness = niceness
    }

    /// Starts the threads; work that was woken before waits until then.
    package func start() {
        for index in 1...trainers {
            running.enter()
            let thread = Thread { [self] in
                giveWay()
                train()
                running.leave()
            }
            thread.name = "\(name) \(index)"
            thread.stackSize = 4 << 20
            thread.start()
        }
    }

    /// Has `work` run a slice soon. May be called from any thread, as often as one likes.
    package func wake(_ work: any Work) {
        let rouse = state.withLock { state in
            guard !state.isStopping else { return false }
            let id = ObjectIdentifier(work)
            state.work[id] = work
            state.schedule.wake(id)
            return state.takeIdleTrainer()
        }
        if rouse { alarm.signal() }
    }

    /// Ends the threads after their current slices and waits for them. Work not done by then stays undone, and is let go.
    package func stop() {
        state.withLock { $0.isStopping = true }
        for _ in 0..<trainers { alarm.signal() }
        running.wait()
        state.withLock { $0.work = [:] }
    }

    /// Runs one slice of whoever is next, on the calling thread, and says whether there was anybody: for a pool that
    /// was not started, so that what a lab does can be followed step by step.
    package func runNext(until deadline: ContinuousClock.Instant) -> Bool {
        guard let next = state.withLock({ $0.take(at: .now) }) else { return false }
        let start = Self.threadTime
        let progress = next.slice(until: deadline)
        let slice = FinishedSlice(work: next, progress: progress, used: Self.threadTime - start)
        state.withLock { $0.settle(slice) }
        return true
    }

    /// On Linux, a nice value belongs to a thread, and 0 stands for the calling one. A refusal changes nothing that matters.
    private func giveWay() {
        guard niceness > 0 else { return }
        let thread = Int32(PRIO_PROCESS.rawValue)
        _ = setpriority(thread, 0, getpriority(thread, 0) + niceness)
    }

    private enum NextTurn {
        case run(any Work)
        case sleep(until: ContinuousClock.Instant?)
        case leave
    }

    private func train() {
        var finished: FinishedSlice?
        while true {
            switch nextTurn(after: finished) {
            case .run(let work):
                let start = Self.threadTime
                let progress = work.slice(until: .now + Self.slice)
                finished = FinishedSlice(work: work, progress: progress, used: Self.threadTime - start)
            case .sleep(let due):
                finished = nil
                sleep(until: due)
            case .leave:
                return
            }
        }
    }

    private func nextTurn(after finished: FinishedSlice?) -> NextTurn {
        let now = ContinuousClock.now
        let (turn, rouse) = state.withLock { state -> (NextTurn, Bool) in
            if let finished { state.settle(finished) }
            if state.isStopping { return (.leave, false) }
            if let work = state.take(at: now) {
                // Several may have come due at once; this trainer takes one and rouses the next trainer.
                return (.run(work), state.schedule.hasQueued && state.takeIdleTrainer())
            }
            state.idleTrainers += 1
            return (.sleep(until: state.schedule.nextDue), false)
        }
        if rouse { alarm.signal() }
        return turn
    }

    /// Processor time of the calling thread: who is interrupted by others is not charged for it.
    private static var threadTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private func sleep(until due: ContinuousClock.Instant?) {
        guard let due else {
            alarm.wait()
            return
        }
        let pause = max(.zero, due - .now)
        if alarm.wait(timeout: .now() + .nanoseconds(Int(clamping: pause / .nanoseconds(1)))) == .timedOut {
            // Nobody took this trainer off the idle count. If somebody does at this very moment, the signal
            // that comes too late costs one empty round and nothing else.
            state.withLock { _ = $0.takeIdleTrainer() }
        }
    }
}
