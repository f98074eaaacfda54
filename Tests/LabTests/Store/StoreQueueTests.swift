import GANEngine
import Lab
import Synchronization
import Testing

/// A store that only counts.
private final class CountingStore: Store {
    let groups = Mutex<[[String]]>([])
    /// Session ids it refuses.
    let refused: Set<String>

    init(refusing refused: Set<String> = []) { self.refused = refused }

    func commit(_ changes: [StoreChange]) throws(StoreError) {
        var ids: [String] = []
        for case .removeSession(let id) in changes {
            if refused.contains(id) { throw .unknown(id: id) }
            ids.append(id)
        }
        groups.withLock { $0.append(ids) }
    }

    func session(_ id: String) throws(StoreError) -> SessionRecord? { nil }
    func ownerOfSetAside(_ id: String) throws(StoreError) -> OwnerToken.Hash? { nil }
    func sessions() throws(StoreError) -> [SessionSummary] { [] }
    func checkpoints(ofSession id: String) throws(StoreError) -> [StoredCheckpoint] { [] }
    func chart(ofSession id: String) throws(StoreError) -> Chart? { nil }
    func experiment(_ id: String) throws(StoreError) -> ExperimentRecord? { nil }
    func experiments(_ query: ExperimentQuery) throws(StoreError) -> ExperimentPage {
        .init(experiments: [], total: 0)
    }
    func link(_ id: String) throws(StoreError) -> [UInt8]? { nil }
    func usage() throws(StoreError) -> StoreUsage { throw .overloaded }
    func sweep(_ limits: StoreLimits) throws(StoreError) -> StoreUsage { throw .overloaded }
    func backup(to path: String) throws(StoreError) {}
    func close() {}
}

@Suite struct StoreQueueTests {
    @Test func everythingIsCommittedOnceAndInOrder() {
        let store = CountingStore()
        let queue = StoreQueue(store)
        let acknowledged = Mutex<[Int]>([])
        for index in 0..<1_000 {
            queue.submit([.removeSession("\(index)")]) { error in
                #expect(error == nil)
                acknowledged.withLock { $0.append(index) }
            }
        }
        queue.drain()
        #expect(store.groups.withLock { $0.flatMap { $0 } } == (0..<1_000).map(String.init))
        #expect(acknowledged.withLock { $0 } == Array(0..<1_000))
    }

    @Test func whatWaitsForACommitSharesTheNext() {
        let store = CountingStore()
        let queue = StoreQueue(store)
        // While the store is busy reading, a hundred edits arrive.
        queue.read { _ in
            for index in 0..<100 { queue.submit([.removeSession("\(index)")]) }
        } _: { _ in
        }
        queue.drain()
        queue.drain()
        #expect(store.groups.withLock { $0.map(\.count) } == [100])
    }

    @Test func oneRefusalDoesNotTouchTheOthers() {
        let queue = StoreQueue(CountingStore(refusing: ["3"]))
        let errors = Mutex<[Int: StoreError]>([:])
        queue.read { _ in
            for index in 0..<6 {
                queue.submit([.removeSession("\(index)")]) { error in errors.withLock { $0[index] = error } }
            }
        } _: { _ in
        }
        queue.drain()
        queue.drain()
        #expect(errors.withLock { $0 } == [3: .unknown(id: "3")])
    }

    @Test func readsSeeWhatWasSubmittedBefore() throws {
        let queue = StoreQueue(try SQLiteStore())
        let found = Mutex<SessionRecord?>(nil)
        queue.submit([.session(SessionRecord(id: "a", recipe: Recipe()))])
        queue.read { store throws(StoreError) in
            try store.session("a")
        } _: { result in
            found.withLock { $0 = try? result.get() }
        }
        queue.drain()
        #expect(found.withLock { $0?.id } == "a")
    }

    @Test func aFullQueueRefusesAtOnce() {
        let queue = StoreQueue(CountingStore(), capacity: 2)
        let refused = Mutex(0)
        queue.read { _ in
            for index in 0..<5 {
                queue.submit([.removeSession("\(index)")]) { error in
                    if error == .overloaded { refused.withLock { $0 += 1 } }
                }
            }
        } _: { _ in
        }
        queue.drain()
        queue.drain()
        #expect(refused.withLock { $0 } == 3)
    }

    @Test func aRequestAfterTheStoreWasClosedIsToldSo() throws {
        let queue = StoreQueue(try SQLiteStore())
        queue.close()
        let answers = Mutex<[StoreError?]>([])
        queue.submit([.session(SessionRecord(id: "a", recipe: Recipe()))]) { error in
            answers.withLock { $0.append(error) }
        }
        queue.read { store throws(StoreError) in
            try store.sessions()
        } _: { result in
            if case .failure(let error) = result { answers.withLock { $0.append(error) } }
        }
        queue.drain()
        #expect(answers.withLock { $0 } == [.closed, .closed])
    }
}
