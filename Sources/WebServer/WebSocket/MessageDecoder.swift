/// Puts the frames of a client together to messages (RFC 6455 §5.4–5.6, RFC 7692 §7.2.2): bytes in, events out.
package struct MessageDecoder {
    package enum Event: Equatable {
        case message(WebSocketMessage)
        case ping([UInt8])
        case pong([UInt8])
        /// A close frame; no code if it was empty.
        case close(CloseCode?, reason: String)
    }

    private var frames: FrameDecoder
    private let inflater: Inflater?
    private let limit: Int
    /// What the fragmented message under way is.
    private var kind: Opcode?
    private var isCompressed = false
    private var message: [UInt8] = []
    private var validator = UTF8Validator()

    /// `limit` bounds a message after decompression; without an `inflater`, compressed ones are refused.
    package init(limit: Int, inflater: Inflater?) {
        self.limit = limit
        self.inflater = inflater
        frames = FrameDecoder(allowsCompression: inflater != nil)
    }

    /// The next event in `input` from `position` on, which moves past what was understood; nil if more is needed.
    package mutating func next(
        in input: UnsafeMutableRawBufferPointer, from position: inout Int
    ) throws(WebSocketError) -> Event? {
        while let part = try frames.next(in: input, from: &position) {
            let payload = UnsafeRawBufferPointer(rebasing: input[part.range])
            if part.header.opcode.isControl { return try control(part.header.opcode, payload) }
            if part.isFirst {
                if let whole = try begin(part, payload) { return .message(whole) }
            }
            if let whole = try add(part, payload) { return .message(whole) }
        }
        return nil
    }

    private func control(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer) throws(WebSocketError) -> Event
    {
        switch opcode {
        case .ping: return .ping(Array(payload))
        case .pong: return .pong(Array(payload))
        default: break
        }
        if payload.isEmpty { return .close(nil, reason: "") }
        guard payload.count >= 2 else { throw .protocolError("a close frame with half a code") }
        let code = CloseCode(UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.isSendable else { throw .protocolError("a close code that may not be sent") }
        guard let reason = String(validating: payload[2...], as: UTF8.self) else { throw .invalidUTF8 }
        return .close(code, reason: reason)
    }

    /// Checks that a data frame may come now. Most messages are one frame, arrived whole: those are done at once.
    private mutating func begin(
        _ part: FrameDecoder.Part, _ payload: UnsafeRawBufferPointer
    ) throws(WebSocketError) -> WebSocketMessage? {
        let header = part.header
        if header.opcode == .continuation {
            guard kind != nil else { throw .protocolError("a continuation of nothing") }
            guard !header.isCompressed else { throw .protocolError("RSV1 in a continuation frame") }
        } else {
            guard kind == nil else { throw .protocolError("a new message inside another") }
        }
        let compressed = header.opcode == .continuation ? isCompressed : header.isCompressed
        if !compressed, header.length > limit - message.count { throw .tooBig }
        guard header.opcode != .continuation else { return nil }
        if part.isLast, header.isFinal, !compressed {
            if header.opcode == .binary { return .binary(Array(payload)) }
            guard let text = String(validating: payload, as: UTF8.self) else { throw .invalidUTF8 }
            return .text(text)
        }
        kind = header.opcode
        isCompressed = compressed
        validator = UTF8Validator()
        return nil
    }

    private mutating func add(
        _ part: FrameDecoder.Part, _ payload: UnsafeRawBufferPointer
    ) throws(WebSocketError) -> WebSocketMessage? {
        let before = message.count
        let isLast = part.isLast && part.header.isFinal
        if isCompressed, let inflater {
            try inflater.inflate(payload, into: &message, limit: limit)
            if isLast { try inflater.finishMessage(into: &message, limit: limit) }
        } else {
            message.append(contentsOf: payload)
        }
        if kind == .text {
            let isValid = message.withUnsafeBytes { validator.read(.init(rebasing: $0[before...])) }
            guard isValid, !isLast || validator.isComplete else { throw .invalidUTF8 }
        }
        guard isLast else { return nil }
        var whole: [UInt8] = []
        swap(&whole, &message)
        defer { kind = nil }
        return kind == .text ? .text(String(decoding: whole, as: UTF8.self)) : .binary(whole)
    }
}
