/// Frames as a client sends them, right or wrong.
struct ClientFrame {
    var isFinal = true
    /// RSV1 to RSV3, as the bits 4, 2 and 1.
    var reserved: UInt8 = 0
    var opcode: UInt8
    var payload: [UInt8] = []
    var isMasked = true
    /// The length to announce instead of the payload's.
    var announced: UInt64?
    /// The bytes of the extended length, instead of as few as possible.
    var lengthBytes: Int?

    static let mask: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]

    var bytes: [UInt8] {
        let length = announced ?? UInt64(payload.count)
        let extended = lengthBytes ?? (length < 126 ? 0 : length < 65_536 ? 2 : 8)
        var bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
        bytes.append((isMasked ? 0x80 : 0) | (extended == 0 ? UInt8(length) : extended == 2 ? 126 : 127))
        for byte in (0..<extended).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(8 * byte)))
        }
        guard isMasked else { return bytes + payload }
        return bytes + Self.mask + payload.enumerated().map { $1 ^ Self.mask[$0 & 3] }
    }

    static func text(_ text: String, isFinal: Bool = true) -> ClientFrame {
        ClientFrame(isFinal: isFinal, opcode: 1, payload: Array(text.utf8))
    }

    static func binary(_ payload: [UInt8], isFinal: Bool = true) -> ClientFrame {
        ClientFrame(isFinal: isFinal, opcode: 2, payload: payload)
    }

    static func continuation(_ payload: [UInt8], isFinal: Bool = true) -> ClientFrame {
        ClientFrame(isFinal: isFinal, opcode: 0, payload: payload)
    }

    static func ping(_ payload: [UInt8] = []) -> ClientFrame { ClientFrame(opcode: 9, payload: payload) }

    static func pong(_ payload: [UInt8] = []) -> ClientFrame { ClientFrame(opcode: 10, payload: payload) }

    static func close(_ code: UInt16, _ reason: [UInt8] = []) -> ClientFrame {
        ClientFrame(opcode: 8, payload: [UInt8(code >> 8), UInt8(code & 255)] + reason)
    }
}
