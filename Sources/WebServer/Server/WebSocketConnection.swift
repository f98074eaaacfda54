/// The WebSocket protocol on one connection (RFC 6455 §5–7).
final class WebSocketConnection: ConnectionDriver {
    private enum Phase {
        case open
        /// Our close frame is sent, the peer's has not come.
        case closing
        case done
    }

    private let connection: Connection
    private let worker: ServerWorker
    /// Where the handshake came from.
    private let client: String
    private let options: WebSocketOptions
    private let agreement: WebSocketAgreement
    private let socket: WebSocket
    private var decoder: MessageDecoder
    private var ownDeflater: Deflater?
    private var hasSharedFrames = false
    private var handler: (any WebSocketHandler)?
    private var phase = Phase.open
    private var outgoing: [WebSocket.Outgoing] = []
    private var lastHeard: UInt64
    private var hasPinged = false
    private var isClosedReported = false

    init(
        _ connection: Connection, of worker: ServerWorker, client: String,
        agreement: WebSocketAgreement, options: WebSocketOptions
    ) {
        self.connection = connection
        self.worker = worker
        self.client = client
        self.agreement = agreement
        self.options = options
        lastHeard = connection.now
        socket = WebSocket(
            id: worker.nextSocketID(), subprotocol: agreement.subprotocol, notifying: connection.token,
            on: connection.loop, limit: options.maximumQueue, framesDropped: worker.counters.framesDropped)
        let inflater = agreement.deflate.map {
            Inflater(windowBits: $0.clientWindowBits, keepsContext: $0.clientKeepsContext)
        }
        decoder = MessageDecoder(limit: options.maximumMessage, inflater: inflater)
    }

    /// Makes the handler and lets it begin.
    func open(_ request: Request, _ route: WebSocketRoute) {
        worker.counters.webSockets.add(1)
        connection.setDeadline(after: options.pingInterval)
        handler = route.accept(request, socket)
        handler?.opened()
    }

    // MARK: ConnectionDriver

    func receive(_ bytes: UnsafeMutableRawBufferPointer) -> Int {
        lastHeard = connection.now
        hasPinged = false
        var position = 0
        do {
            while phase != .done, !connection.isCongested, !isPaused,
                let event = try decoder.next(in: bytes, from: &position)
            {
                handle(event)
            }
        } catch {
            fail(error)
            return bytes.count
        }
        return position
    }

    /// Once the server has sent its close frame, what comes is read for the peer's answer to that.
    var isPaused: Bool { phase == .open && socket.isReadingPaused }

    func peerEnded() { connection.finish(lingers: false) }

    func notified() {
        guard phase == .open else { return }
        if let frame = socket.take(&outgoing, orOffered: connection.output.isEmpty) { sendOffered(frame) }
        for message in outgoing { send(message) }
        outgoing.removeAll(keepingCapacity: outgoing.capacity <= 64)
        connection.outputAdded()
        socket.setBacklog(connection.output.count)
    }

    func wrote() {
        sendOffered()
        socket.setBacklog(connection.output.count)
    }

    func expired() {
        switch phase {
        case .closing, .done: connection.close()
        case .open:
            // While nothing is read, silence says nothing about the peer.
            if isPaused {
                lastHeard = connection.now
                hasPinged = false
            }
            let silence = Double(connection.now - lastHeard) / 1e9
            if silence < options.pingInterval {
                connection.setDeadline(after: options.pingInterval - silence)
            } else if hasPinged {
                connection.close()
            } else {
                hasPinged = true
                write(.ping, [])
                connection.setDeadline(after: options.pingInterval)
            }
        }
    }

    func stop() {
        if let farewell = options.farewell { socket.send(farewell) }
        notified()
        close(.goingAway, "the server stops")
    }

    func closed() {
        phase = .done
        socket.close()
        worker.counters.webSockets.add(-1)
        worker.registry.removeWebSocket(of: client)
        report(.abnormal, "")
        handler = nil
    }

    // MARK: Receiving

    private func handle(_ event: MessageDecoder.Event) {
        switch event {
        case .message(let message):
            worker.counters.messagesReceived.add(1)
            if phase == .open { handler?.message(message) }
        case .ping(let payload):
            if phase == .open { write(.pong, payload) }
        case .pong: break
        case .close(let code, let reason):
            if phase == .open { writeClose(code, "") }
            report(code ?? .noStatus, reason)
            finish()
        }
    }

    /// Fails the connection (RFC 6455 §7.1.7).
    private func fail(_ error: WebSocketError) {
        if phase == .open { writeClose(error.code, error.reason) }
        report(error.code, error.reason)
        finish()
    }

    private func finish() {
        phase = .done
        socket.close()
        connection.finish(lingers: true)
    }

    private func report(_ code: CloseCode, _ reason: String) {
        guard !isClosedReported else { return }
        isClosedReported = true
        handler?.closed(code, reason: reason)
    }

    // MARK: Sending

    private func send(_ message: WebSocket.Outgoing) {
        guard phase == .open else { return }
        switch message {
        case .text(let text): sendData(.text, Array(text.utf8))
        case .binary(let bytes): sendData(.binary, bytes)
        case .shared(let frame):
            worker.counters.messagesSent.add(1)
            send(frame)
        case .close(let code, let reason): close(code, reason)
        }
    }

    private func sendData(_ opcode: Opcode, _ payload: [UInt8]) {
        worker.counters.messagesSent.add(1)
        guard let deflate = agreement.deflate, let compression = options.compression,
            payload.count >= compression.threshold
        else { return write(opcode, payload) }
        write(opcode, deflater(deflate, compression).deflate(payload[...]), isCompressed: true)
    }

    /// Its own compressor costs a connection a quarter of a megabyte, so it has one only while that is of use.
    private func deflater(_ agreement: DeflateAgreement, _ options: DeflateOptions) -> Deflater {
        guard agreement.serverKeepsContext, !hasSharedFrames else {
            return worker.deflater(windowBits: agreement.serverWindowBits, level: options.level)
        }
        let own = ownDeflater ?? Deflater(windowBits: agreement.serverWindowBits, level: options.level)
        ownDeflater = own
        return own
    }

    /// The frame goes out when nothing else waits, so that at most one is ever on its way.
    private func sendOffered() {
        guard phase == .open, connection.output.isEmpty, let frame = socket.takeOffered() else { return }
        sendOffered(frame)
    }

    private func sendOffered(_ frame: SharedFrame) {
        worker.counters.framesSent.add(1)
        send(frame)
    }

    private func send(_ frame: SharedFrame) {
        if let deflate = agreement.deflate, let compression = options.compression, compression.sharedFrames,
            deflate.serverWindowBits == 15, frame.count >= compression.threshold
        {
            connection.output.append(frame.compressedWire(level: compression.level))
            // The peer's window now holds what our own compressor has not seen: no more references into the past.
            hasSharedFrames = true
            ownDeflater = nil
        } else {
            connection.output.append(frame.wire)
        }
    }

    private func close(_ code: CloseCode, _ reason: String) {
        guard phase == .open else { return }
        writeClose(code, reason)
        phase = .closing
        socket.close()
        connection.setDeadline(after: options.closeTimeout)
    }

    private func writeClose(_ code: CloseCode?, _ reason: String) {
        guard let code else { return write(.close, []) }
        // A control frame holds 125 bytes; a character is not cut in two.
        var text = reason
        while text.utf8.count > 123 { text.removeLast() }
        write(.close, [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 255)] + text.utf8)
    }

    private func write(_ opcode: Opcode, _ payload: [UInt8], isCompressed: Bool = false) {
        connection.output.append { output in
            FrameHeader(isCompressed: isCompressed, opcode: opcode, length: payload.count).write(to: &output)
        }
        connection.output.append(payload)
        connection.outputAdded()
    }
}
