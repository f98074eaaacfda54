import Synchronization

/// Answers one request, from any thread, now or later.
///
/// If it is let go without an answer, the client gets 500: a forgotten branch in a handler must not leave a
/// connection hanging.
public final class Responder: Sendable {
    private enum Recipient: Sendable {
        case exchange(Int, any ResponseReceiver)
        case caller(@Sendable (Response) -> Void)
    }

    private let recipient: Recipient
    private let isAnswered = Atomic<Bool>(false)

    /// Answers the request number `exchange` of a connection.
    init(_ receiver: any ResponseReceiver, exchange: Int) { recipient = .exchange(exchange, receiver) }

    /// For a handler that is called without a server; `receive` is called once, on whichever thread answers.
    package init(_ receive: @escaping @Sendable (Response) -> Void) {
        recipient = .caller(receive)
    }

    deinit {
        if !isAnswered.load(ordering: .relaxed) {
            deliver(.text("the request was not answered\n", status: .internalServerError))
        }
    }

    /// Sends `response`. Only the first call counts.
    public func send(_ response: Response) {
        guard !isAnswered.exchange(true, ordering: .relaxed) else { return }
        deliver(response)
    }

    /// A responder that lets `change` alter the response and then sends it here: for middleware that adds header fields.
    public func changing(_ change: @escaping @Sendable (inout Response) -> Void) -> Responder {
        Responder { [self] response in
            var response = response
            change(&response)
            send(response)
        }
    }

    private func deliver(_ response: Response) {
        switch recipient {
        case .exchange(let exchange, let receiver): receiver.receive(response, to: exchange)
        case .caller(let receive): receive(response)
        }
    }
}

/// Where the answers to the requests of one connection go, from any thread.
protocol ResponseReceiver: AnyObject, Sendable {
    /// Takes the answer to request number `exchange`, which is ignored if that is no longer under way.
    func receive(_ response: Response, to exchange: Int)
}
