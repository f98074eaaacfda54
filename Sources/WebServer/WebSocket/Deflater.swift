import CZlib

/// Compresses messages (RFC 7692 §7.2.1).
package final class Deflater {
    // Allocated apart, because zlib keeps a pointer to it.
    private let stream: UnsafeMutablePointer<z_stream>

    /// `windowBits` is 9 to 15.
    package init(windowBits: Int, level: Int) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Memory level 8 is zlib's default; negative window bits mean no zlib header.
        let result = deflateInit2_(
            stream, Int32(level), Z_DEFLATED, Int32(-windowBits), 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib refuses these parameters")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Forgets what was compressed before.
    package func reset() { deflateReset(stream) }

    /// One message, compressed, without the four bytes that every sync flush ends in.
    package func deflate(_ message: ArraySlice<UInt8>) -> [UInt8] {
        guard !message.isEmpty else { return [0] }
        return message.withUnsafeBytes { input in
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: input.baseAddress!.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = UInt32(input.count)
            // The bound is for one flush from a fresh state; pending bits and the marker add a few bytes.
            let bound = Int(deflateBound(stream, UInt(input.count))) + 16
            return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                let result = CZlib.deflate(stream, Z_SYNC_FLUSH)
                precondition(result == Z_OK && stream.pointee.avail_out > 0, "zlib's bound does not hold")
                count = output.count - Int(stream.pointee.avail_out) - 4
            }
        }
    }
}
