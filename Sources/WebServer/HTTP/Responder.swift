import Synchronization

/// Answers one request, from any thread, now or later.
///
/// If it is let go without an answer, the client gets 500: a forgotten branch in a handler must not leave a
/// connection hanging.
public final class Responder: Sendable {
    private let loop: EventLoop
    private let token: Token
    private let exchange: Int
    private let isAnswered = Atomic<Bool>(false)

    init(loop: EventLoop, token: Token, exchange: Int) {
        self.loop = loop
        self.token = token
        self.exchange = exchange
    }

    deinit {
        if !isAnswered.load(ordering: .relaxed) {
            Self.deliver(
                .text("the request was not answered\n", status: .internalServerError), loop, token, exchange)
        }
    }

    /// Sends `response`. Only the first call counts.
    public func send(_ response: Response) {
        guard !isAnswered.exchange(true, ordering: .relaxed) else { return }
        Self.deliver(response, loop, token, exchange)
    }

    private static func deliver(_ response: Response, _ loop: EventLoop, _ token: Token, _ exchange: Int) {
        if loop.isCurrent {
            (loop.source(token) as? Connection)?.http?.respond(response, to: exchange)
        } else {
            loop.post { (loop.source(token) as? Connection)?.http?.respond(response, to: exchange) }
        }
    }
}
