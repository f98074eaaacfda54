import Synchronization

/// One open WebSocket, for sending: from any thread, without waiting. Once it is closed, what is sent goes nowhere.
///
/// Messages are queued and never dropped; a peer that lets too many of them pile up is closed with 1013. Frames that
/// are only worth seeing while they are new are offered instead: while the peer is busy with an earlier one, a newer
/// frame takes the place of an older.
public final class WebSocket: Sendable {
    enum Outgoing: Sendable {
        case text(String)
        case binary([UInt8])
        case shared(SharedFrame)
        case close(CloseCode, String)

        var count: Int {
            switch self {
            case .text(let text): text.utf8.count
            case .binary(let bytes): bytes.count
            case .shared(let frame): frame.count
            case .close: 0
            }
        }
    }

    private struct Outbox {
        var messages: [Outgoing] = []
        var bytes = 0
        var offered: SharedFrame?
        /// The connection has been told that there is something to send.
        var isNotified = false
        var isClosed = false
    }

    /// Different for every WebSocket of a server.
    public let id: UInt64
    /// The subprotocol that was chosen, if any.
    public let subprotocol: String?

    private let loop: EventLoop
    private let token: Token
    private let limit: Int
    private let framesDropped: Counter
    private let outbox = Mutex(Outbox())
    private let backlog = Atomic<Int>(0)
    private let hasPausedReading = Atomic<Bool>(false)

    /// The source called `token` on `loop` is notified when there is something to send; messages of more than `limit`
    /// bytes do not pile up, and `framesDropped` counts the frames that a newer one has replaced.
    init(
        id: UInt64, subprotocol: String?, notifying token: Token, on loop: EventLoop, limit: Int,
        framesDropped: Counter
    ) {
        self.id = id
        self.subprotocol = subprotocol
        self.limit = limit
        self.loop = loop
        self.token = token
        self.framesDropped = framesDropped
    }

    /// Queues a text message.
    public func send(_ text: String) { post(.text(text)) }

    /// Queues a binary message.
    public func send(_ bytes: [UInt8]) { post(.binary(bytes)) }

    /// Queues a message.
    public func send(_ message: WebSocketMessage) {
        switch message {
        case .text(let text): post(.text(text))
        case .binary(let bytes): post(.binary(bytes))
        }
    }

    /// Queues a message that others get, too.
    public func send(_ frame: SharedFrame) { post(.shared(frame)) }

    /// Sends `frame` if the peer has taken what it was sent before, else as soon as it has, unless a newer frame is
    /// offered until then.
    public func offer(_ frame: SharedFrame) {
        let (mustNotify, hasReplaced) = outbox.withLock { outbox in
            if outbox.isClosed { return (false, false) }
            let hasReplaced = outbox.offered != nil
            outbox.offered = frame
            defer { outbox.isNotified = true }
            return (!outbox.isNotified, hasReplaced)
        }
        if hasReplaced { framesDropped.add(1) }
        if mustNotify { loop.notify(token) }
    }

    /// Sends a close frame once the queued messages are sent. A code that may not be sent becomes 1000.
    public func close(_ code: CloseCode = .normal, reason: String = "") {
        post(.close(code.isSendable ? code : .normal, reason))
    }

    /// Whether the peer has not yet taken all that it was sent.
    public var isCongested: Bool { backlog.load(ordering: .relaxed) > 0 }

    /// Passes no more messages to the handler until ``resumeReading()``, and soon reads no more from the peer, whose
    /// messages then wait on its own side. Called in `message`, it takes effect with the next message. Meanwhile the peer's
    /// pings are not answered, and it is not noticed when the peer closes.
    public func pauseReading() { hasPausedReading.store(true, ordering: .relaxed) }

    /// Goes on with the messages that wait.
    public func resumeReading() {
        if hasPausedReading.exchange(false, ordering: .relaxed) { loop.notify(token) }
    }

    private func post(_ message: Outgoing) {
        let mustNotify = outbox.withLock { outbox in
            if outbox.isClosed { return false }
            // What counts is what the peer has left lying, so that one large message always goes through.
            let waiting = outbox.bytes + backlog.load(ordering: .relaxed)
            outbox.messages.append(message)
            outbox.bytes += message.count
            if waiting > limit {
                outbox.messages = [.close(.tryAgainLater, "the messages pile up")]
                outbox.isClosed = true
            } else if case .close = message {
                outbox.isClosed = true
            }
            defer { outbox.isNotified = true }
            return !outbox.isNotified
        }
        if mustNotify { loop.notify(token) }
    }

    // MARK: For the connection, on the loop

    /// Moves the queued messages into `messages`, which is empty; if there are none, and if it is time for one, gives
    /// the frame offered instead.
    func take(_ messages: inout [Outgoing], orOffered takesOffered: Bool) -> SharedFrame? {
        outbox.withLock { outbox in
            outbox.isNotified = false
            if outbox.messages.isEmpty {
                guard takesOffered else { return nil }
                defer { outbox.offered = nil }
                return outbox.offered
            }
            swap(&outbox.messages, &messages)
            outbox.bytes = 0
            return nil
        }
    }

    /// The newest frame offered.
    func takeOffered() -> SharedFrame? {
        outbox.withLock { outbox in
            defer { outbox.offered = nil }
            return outbox.offered
        }
    }

    var isReadingPaused: Bool { hasPausedReading.load(ordering: .relaxed) }

    func setBacklog(_ bytes: Int) {
        if backlog.load(ordering: .relaxed) != bytes { backlog.store(bytes, ordering: .relaxed) }
    }

    /// What is sent from now on goes nowhere.
    func close() {
        outbox.withLock { outbox in
            outbox.isClosed = true
            outbox.messages = []
            outbox.offered = nil
        }
    }
}
