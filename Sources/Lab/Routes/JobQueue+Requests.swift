import WebServer

extension CommandError {
    /// Why a job was not accepted.
    init(_ refusal: JobQueue.Refusal) {
        switch refusal {
        case .full:
            self.init(
                .unavailable, "The server has too much to do at the moment. Try again in a few seconds.")
        case .shareUsed:
            self.init(
                .unavailable,
                "The server is busy with what your address has asked for already, and keeps room for others. "
                    + "Try again in a few seconds.")
        }
    }
}

extension JobQueue {
    /// Up to here, reading takes less time than handing it to another thread is worth.
    private static let smallBody = 2_048

    /// Has a request of `client` answered by `job`, or answers that the server is busy.
    func answer(
        _ responder: Responder, for client: ClientAddress, bytes: Int = 0,
        _ job: @escaping @Sendable () -> Void
    ) {
        if let refusal = submit(for: client, bytes: bytes, job) {
            responder.send(.refusal(CommandError(refusal), .serviceUnavailable))
        }
    }

    /// Has a request's body read by `job`: at once if it is small.
    func read(_ request: Request, _ responder: Responder, _ job: @escaping @Sendable () -> Void) {
        guard request.body.count > Self.smallBody else { return job() }
        answer(responder, for: request.client, bytes: request.body.count, job)
    }
}
