/// Reads the frames of a client as bytes come (RFC 6455 §5): unmasks them in place and hands out ranges.
///
/// The payload of a data frame is handed out in parts as it arrives, so a frame that announces much costs nothing
/// until it comes; a control frame, at most 125 bytes, is handed out whole.
package struct FrameDecoder {
    /// A piece of a frame's payload: `range` of the input, unmasked.
    package struct Part: Equatable {
        package var header: FrameHeader
        package var range: Range<Int>
        package var isFirst: Bool
        package var isLast: Bool
    }

    /// Whether RSV1 has a meaning.
    package let allowsCompression: Bool
    private var header = FrameHeader(opcode: .binary, length: 0)
    private var mask: UInt32 = 0
    private var remaining = 0
    private var isInsideFrame = false

    package init(allowsCompression: Bool) { self.allowsCompression = allowsCompression }

    /// The next part in `input` from `position` on, which moves past what was understood; nil if more is needed.
    package mutating func next(
        in input: UnsafeMutableRawBufferPointer, from position: inout Int
    ) throws(WebSocketError) -> Part? {
        let isFirst = !isInsideFrame
        if isFirst {
            guard let size = try readHeader(UnsafeRawBufferPointer(rebasing: input[position...])) else {
                return nil
            }
            position += size
            isInsideFrame = true
            remaining = header.length
        }
        let count = min(remaining, input.count - position)
        if count == 0, !isFirst, remaining > 0 { return nil }
        let range = position..<position + count
        Self.unmask(UnsafeMutableRawBufferPointer(rebasing: input[range]), mask)
        // The next part goes on where this one stopped in the mask.
        let turn = UInt32(count & 3) * 8
        mask = mask >> turn | mask << ((32 - turn) & 31)
        position += count
        remaining -= count
        if remaining == 0 { isInsideFrame = false }
        return Part(header: header, range: range, isFirst: isFirst, isLast: remaining == 0)
    }

    /// Reads the head if it is complete (and, for a control frame, the rest as well) and returns its size.
    private mutating func readHeader(_ bytes: UnsafeRawBufferPointer) throws(WebSocketError) -> Int? {
        guard bytes.count >= 1 else { return nil }
        guard bytes[0] & 0x30 == 0, bytes[0] & 0x40 == 0 || allowsCompression else {
            throw .protocolError("a reserved bit is set")
        }
        guard let opcode = Opcode(rawValue: bytes[0] & 15) else { throw .protocolError("a reserved opcode") }
        let isFinal = bytes[0] & 0x80 != 0
        let isCompressed = bytes[0] & 0x40 != 0
        if opcode.isControl {
            guard isFinal else { throw .protocolError("a fragmented control frame") }
            guard !isCompressed else { throw .protocolError("a compressed control frame") }
        }
        guard bytes.count >= 2 else { return nil }
        guard bytes[1] & 0x80 != 0 else { throw .protocolError("a client's frame is not masked") }
        let short = Int(bytes[1] & 127)
        if opcode.isControl, short > 125 { throw .protocolError("a control frame of more than 125 bytes") }
        let lengthSize = short == 126 ? 2 : short == 127 ? 8 : 0
        var length = UInt64(short)
        if lengthSize > 0 {
            guard bytes.count >= 2 + lengthSize else { return nil }
            length = bytes[2..<2 + lengthSize].reduce(0) { $0 << 8 | UInt64($1) }
            guard length >= (lengthSize == 2 ? 126 : 65_536) else {
                throw .protocolError("a length in more bytes than it needs")
            }
            guard length <= UInt64(Int64.max) else { throw .protocolError("a length of more than 63 bits") }
        }
        let size = 2 + lengthSize + 4
        guard bytes.count >= size + (opcode.isControl ? short : 0) else { return nil }
        mask = bytes.loadUnaligned(fromByteOffset: size - 4, as: UInt32.self)
        header = FrameHeader(
            isFinal: isFinal, isCompressed: isCompressed, opcode: opcode, length: Int(length))
        return size
    }

    /// XORs with the mask (RFC 6455 §5.3), eight bytes at a time. `mask` is as it lies in memory.
    package static func unmask(_ bytes: UnsafeMutableRawBufferPointer, _ mask: UInt32) {
        guard mask != 0, let base = bytes.baseAddress else { return }
        let wide = UInt64(mask) << 32 | UInt64(mask)
        var index = 0
        while index + 8 <= bytes.count {
            let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            base.storeBytes(of: word ^ wide, toByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < bytes.count {
            bytes[index] ^= UInt8(truncatingIfNeeded: mask >> (UInt32(index & 3) * 8))
            index += 1
        }
    }
}
