import WebServer

extension CommandError {
    /// Why a job was not accepted.
    static let busy = CommandError(
        .unavailable, "The server has too much to do at the moment. Try again in a few seconds.")
}

extension JobQueue {
    /// Up to here, reading takes less time than handing it to another thread is worth.
    private static let smallBody = 2_048

    /// Has a request answered by `job`, or answers that the server is busy.
    func answer(_ responder: Responder, bytes: Int = 0, _ job: @escaping @Sendable () -> Void) {
        if !submit(bytes: bytes, job) { responder.send(.refusal(.busy, .serviceUnavailable)) }
    }

    /// Has a request's body read by `job`: at once if it is small.
    func read(_ request: Request, _ responder: Responder, _ job: @escaping @Sendable () -> Void) {
        guard request.body.count > Self.smallBody else { return job() }
        answer(responder, bytes: request.body.count, job)
    }
}
