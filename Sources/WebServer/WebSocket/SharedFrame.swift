import Synchronization

/// A message encoded once and sent by reference to any number of peers: offered if only the newest is worth seeing,
/// otherwise sent.
///
///     let frame = SharedFrame(binary: picture)
///     for viewer in viewers { viewer.offer(frame) }
///     let news = SharedFrame(text: "the lesson begins")
///     for viewer in viewers { viewer.send(news) }
public final class SharedFrame: Sendable {
    /// Header and payload, as they are sent.
    let wire: [UInt8]
    private let headerCount: Int
    private let opcode: Opcode
    private let compressed = Mutex<[UInt8]?>(nil)

    /// A binary message.
    public convenience init(binary payload: [UInt8]) { self.init(.binary, payload) }

    /// A text message.
    public convenience init(text: String) { self.init(.text, Array(text.utf8)) }

    private init(_ opcode: Opcode, _ payload: [UInt8]) {
        var wire: [UInt8] = []
        wire.reserveCapacity(payload.count + 10)
        FrameHeader(opcode: opcode, length: payload.count).write(to: &wire)
        headerCount = wire.count
        wire.append(contentsOf: payload)
        self.wire = wire
        self.opcode = opcode
    }

    /// The message, as a peer reads it.
    package var payload: ArraySlice<UInt8> { wire[headerCount...] }

    /// The number of bytes of the message.
    public var count: Int { wire.count - headerCount }

    /// The compressed form, made when the first viewer needs it. It refers to nothing before it and uses the full
    /// window, so it can go to every viewer that allows for 15 bits, whatever that one was sent before.
    func compressedWire(level: Int) -> [UInt8] {
        compressed.withLock { compressed in
            if let compressed { return compressed }
            let deflater = Deflater(windowBits: 15, level: level)
            let payload = deflater.deflate(wire[headerCount...])
            var bytes: [UInt8] = []
            bytes.reserveCapacity(payload.count + 10)
            FrameHeader(isCompressed: true, opcode: opcode, length: payload.count).write(to: &bytes)
            bytes += payload
            compressed = bytes
            return bytes
        }
    }
}
