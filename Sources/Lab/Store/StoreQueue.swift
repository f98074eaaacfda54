import Dispatch
import Synchronization

/// The one thread on which a store is used, so that neither the event loop nor a trainer ever waits for a disk.
///
/// Whatever was submitted while a commit was under way becomes the next commit: under load one fsync makes many
/// edits durable, without load an edit waits for nobody. Everything happens in the order in which it was submitted.
package final class StoreQueue: Sendable {
    package typealias Completion = @Sendable (StoreError?) -> Void

    private let store: any Store
    private let queue = DispatchQueue(label: "ganlab.store", qos: .userInitiated)
    private let state = Mutex(State())
    private let capacity: Int
    /// Bytes after which a commit takes no more along: the log on the disk is as long as the largest.
    private static let largestCommit = 4 << 20

    private struct State {
        var waiting: [Job] = []
        var isScheduled = false
    }

    private enum Job: Sendable {
        case write([StoreChange], Completion)
        case read(@Sendable (any Store) -> Void)
    }

    /// - Parameter capacity: Jobs that may wait; more are refused at once.
    package init(_ store: any Store, capacity: Int = 100_000) {
        self.store = store
        self.capacity = capacity
    }

    /// Commits the changes together. `completion` is called on the store's thread once they are durable, or with
    /// the reason why none of them was made.
    package func submit(_ changes: [StoreChange], _ completion: @escaping Completion = { _ in }) {
        if !enqueue(.write(changes, completion)) { completion(.overloaded) }
    }

    /// Looks something up after everything submitted before; both closures run on the store's thread.
    package func read<T: Sendable>(
        _ body: @escaping @Sendable (any Store) throws(StoreError) -> T,
        _ completion: @escaping @Sendable (Result<T, StoreError>) -> Void
    ) {
        let job = Job.read { store in
            do throws(StoreError) {
                completion(.success(try body(store)))
            } catch {
                completion(.failure(error))
            }
        }
        if !enqueue(job) { completion(.failure(.overloaded)) }
    }

    /// Blocks until everything submitted so far is done.
    package func drain() {
        queue.sync { runWaiting() }
    }

    /// Does everything submitted so far and closes the store; blocks until that is done.
    package func close() {
        queue.sync {
            runWaiting()
            store.close()
        }
    }

    private func enqueue(_ job: Job) -> Bool {
        let (accepted, mustSchedule) = state.withLock { state in
            guard state.waiting.count < capacity else { return (false, false) }
            state.waiting.append(job)
            defer { state.isScheduled = true }
            return (true, !state.isScheduled)
        }
        if mustSchedule { queue.async { self.runWaiting() } }
        return accepted
    }

    private func runWaiting() {
        let jobs = state.withLock { state in
            defer { state = State() }
            return state.waiting
        }
        var group: [(changes: [StoreChange], completion: Completion)] = []
        var bytes = 0
        for job in jobs {
            switch job {
            case .write(let changes, let completion):
                group.append((changes, completion))
                bytes += changes.reduce(0) { $0 + $1.bytes }
                guard bytes > Self.largestCommit else { continue }
                commit(group)
                (group, bytes) = ([], 0)
            case .read(let body):
                commit(group)
                (group, bytes) = ([], 0)
                body(store)
            }
        }
        commit(group)
    }

    private func commit(_ group: [(changes: [StoreChange], completion: Completion)]) {
        if group.isEmpty { return }
        let failure = commit(group.flatMap(\.changes))
        for (changes, completion) in group {
            // One member's failure is no reason to refuse the others.
            completion(failure == nil || group.count == 1 ? failure : commit(changes))
        }
    }

    private func commit(_ changes: [StoreChange]) -> StoreError? {
        do throws(StoreError) {
            try store.commit(changes)
            return nil
        } catch {
            return error
        }
    }
}
