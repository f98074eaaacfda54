import WebServer

/// `GET /api/store`: how much room there is for what people keep, and how long it is kept.
struct StoreRoute {
    let archive: Archive

    private struct Document: Encodable {
        /// Bytes.
        let used: Int
        let quota: Int
        /// Days.
        let keptDays: Double
        let trashDays: Double
        let experiments: Int
        let sessions: Int

        init(_ usage: StoreUsage) {
            used = usage.bytes
            quota = usage.limits.bytes
            keptDays = usage.limits.sessionAge / StoreLimits.day
            trashDays = usage.limits.trashAge / StoreLimits.day
            experiments = usage.experiments
            sessions = usage.sessions
        }
    }

    func install(on router: inout Router) {
        router.get("/api/store") { [archive] _, responder in
            archive.queue.read { store throws(StoreError) in
                try store.usage()
            } _: { result in
                switch result {
                case .success(let usage): responder.send(.json(Document(usage)))
                case .failure(let error): responder.send(.refusal(error))
                }
            }
        }
    }
}
