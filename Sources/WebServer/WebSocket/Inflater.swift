import CZlib

/// Decompresses messages as they come (RFC 7692 §7.2.2), never further than the limit: a bomb costs what a message
/// may cost.
package final class Inflater {
    // Allocated apart, because zlib keeps a pointer to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private let keepsContext: Bool
    /// Whether the message under way has any bytes yet.
    private var hasBegun = false

    /// `windowBits` is 8 to 15.
    package init(windowBits: Int, keepsContext: Bool) {
        self.keepsContext = keepsContext
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let result = inflateInit2_(
            stream, Int32(-windowBits), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib refuses these parameters")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Appends to `output` what `input` holds.
    package func inflate(
        _ input: UnsafeRawBufferPointer, into output: inout [UInt8], limit: Int
    ) throws(WebSocketError) {
        guard let base = input.baseAddress, !input.isEmpty else { return }
        hasBegun = true
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        var isFull = true
        while stream.pointee.avail_in > 0 || isFull {
            let result = step(&output, &isFull)
            guard output.count <= limit else { throw WebSocketError.tooBig }
            switch result {
            case Z_OK: break
            case Z_STREAM_END: restart()
            case Z_BUF_ERROR: return
            default: throw Self.broken
            }
        }
    }

    /// Puts back the four bytes that the sender left out, and forgets the message if that was agreed.
    ///
    /// They end a block, so that a message which then still is inside of one was cut short: it and all that follow it
    /// would be read wrongly. No bytes at all are an empty message, as some peers send it.
    package func finishMessage(into output: inout [UInt8], limit: Int) throws(WebSocketError) {
        guard hasBegun else { return }
        // The bytes 00 00 FF FF.
        try withUnsafeBytes(of: UInt32(0xffff_0000).littleEndian) { bytes throws(WebSocketError) in
            try inflate(bytes, into: &output, limit: limit)
        }
        hasBegun = false
        guard stream.pointee.data_type & Self.isBetweenBlocks != 0 else { throw Self.broken }
        if !keepsContext { inflateReset(stream) }
    }

    /// What zlib adds to `data_type` after the end of a block.
    private static let isBetweenBlocks: Int32 = 128
    private static let broken = WebSocketError(code: .invalidData, reason: "the message does not decompress")

    /// Inflates one piece of at most 16 KB.
    private func step(_ output: inout [UInt8], _ isFull: inout Bool) -> Int32 {
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 16) { room in
            stream.pointee.next_out = room.baseAddress!.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(room.count)
            let result = CZlib.inflate(stream, Z_SYNC_FLUSH)
            isFull = stream.pointee.avail_out == 0
            output.append(contentsOf: room[..<(room.count - Int(stream.pointee.avail_out))])
            return result
        }
    }

    /// A sender may end a deflate stream inside a message (RFC 7692 §7.2.3.4); what follows is a new one, which
    /// still may refer to what came before.
    private func restart() {
        var window = [UInt8](repeating: 0, count: 32_768)
        var count: UInt32 = 0
        inflateGetDictionary(stream, &window, &count)
        inflateReset(stream)
        inflateSetDictionary(stream, window, count)
    }
}
