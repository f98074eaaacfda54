/// What a frame is for (RFC 6455 §11.8).
package enum Opcode: UInt8 {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    package var isControl: Bool { rawValue >= 8 }
}

/// The head of a frame (RFC 6455 §5.2).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-------+-+-------------+-------------------------------+
///     |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
///     |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
///     |N|V|V|V|       |S|             |   (if payload len==126/127)   |
///     | |1|2|3|       |K|             |                               |
///     +-+-+-+-+-------+-+-------------+-------------------------------+
package struct FrameHeader: Equatable {
    package var isFinal = true
    /// RSV1: the first frame of a compressed message (RFC 7692 §6).
    package var isCompressed = false
    package var opcode: Opcode
    package var length: Int

    /// Appends the head of an unmasked frame, as servers send them.
    package func write(to output: inout [UInt8]) {
        output.append((isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue)
        if length < 126 {
            output.append(UInt8(length))
        } else if length < 65_536 {
            output.append(126)
            output.append(UInt8(length >> 8))
            output.append(UInt8(length & 255))
        } else {
            output.append(127)
            for shift in stride(from: 56, through: 0, by: -8) { output.append(UInt8(length >> shift & 255)) }
        }
    }
}
