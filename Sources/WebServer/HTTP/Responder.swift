import Synchronization

/// Answers one request, from any thread, now or later.
///
/// If it is let go without an answer, the client gets 500: a forgotten branch in a handler must not leave a
/// connection hanging.
public final class Responder: Sendable {
    private enum Recipient: Sendable {
        case exchange(Int, Token, EventLoop)
        case caller(@Sendable (Response) -> Void)
    }

    private let recipient: Recipient
    private let isAnswered = Atomic<Bool>(false)

    init(loop: EventLoop, token: Token, exchange: Int) {
        recipient = .exchange(exchange, token, loop)
    }

    /// For a handler that is called without a server; `receive` is called once, on whichever thread answers.
    package init(_ receive: @escaping @Sendable (Response) -> Void) {
        recipient = .caller(receive)
    }

    deinit {
        if !isAnswered.load(ordering: .relaxed) {
            Self.deliver(.text("the request was not answered\n", status: .internalServerError), to: recipient)
        }
    }

    /// Sends `response`. Only the first call counts.
    public func send(_ response: Response) {
        guard !isAnswered.exchange(true, ordering: .relaxed) else { return }
        Self.deliver(response, to: recipient)
    }

    private static func deliver(_ response: Response, to recipient: Recipient) {
        switch recipient {
        case .exchange(let exchange, let token, let loop) where loop.isCurrent:
            (loop.source(token) as? Connection)?.http?.respond(response, to: exchange)
        case .exchange(let exchange, let token, let loop):
            loop.post { (loop.source(token) as? Connection)?.http?.respond(response, to: exchange) }
        case .caller(let receive):
            receive(response)
        }
    }
}
