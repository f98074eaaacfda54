import CZlib

/// DEFLATE (RFC 1951) by zlib.
package enum Deflate {
    package enum Format {
        /// Bare (RFC 1951).
        case raw
        /// With header and Adler-32 (RFC 1950).
        case zlib

        fileprivate var windowBits: Int32 { self == .raw ? -15 : 15 }
    }

    /// Why bytes could not be inflated.
    package enum Failure: Error {
        /// They end before the stream does.
        case truncated
        /// They are no deflate stream, or something follows it.
        case malformed
        /// More than the caller allows would come out.
        case tooLong
    }

    /// - Parameter dictionary: Bytes that both sides know; what is like them costs next to nothing.
    package static func compress(_ bytes: [UInt8], format: Format, dictionary: [UInt8] = []) -> [UInt8] {
        var stream = z_stream()
        let status = deflateInit2_(
            &stream, 9, Z_DEFLATED, format.windowBits, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        // It fails for lack of memory alone, as an array would.
        precondition(status == Z_OK, "deflateInit2: \(status)")
        defer { deflateEnd(&stream) }
        if !dictionary.isEmpty { deflateSetDictionary(&stream, dictionary, UInt32(dictionary.count)) }

        return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count)))) {
            output, count in
            bytes.withUnsafeBufferPointer { input in
                // zlib reads through next_in and never writes.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                let status = deflate(&stream, Z_FINISH)
                precondition(status == Z_STREAM_END, "deflateBound promised room")
            }
            count = Int(stream.total_out)
        }
    }

    /// Never allocates more than `limit` bytes, whatever the stream claims.
    package static func inflate(
        _ bytes: some Collection<UInt8>, format: Format, dictionary: [UInt8] = [], limit: Int
    ) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        let status = inflateInit2_(
            &stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "inflateInit2: \(status)")
        defer { inflateEnd(&stream) }
        if !dictionary.isEmpty { inflateSetDictionary(&stream, dictionary, UInt32(dictionary.count)) }

        var result = Z_OK
        let input = Array(bytes)
        // One byte more than allowed, to tell a stream that fits exactly from one that does not.
        let output = [UInt8](unsafeUninitializedCapacity: limit + 1) { output, count in
            input.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                result = CZlib.inflate(&stream, Z_FINISH)
            }
            count = Int(stream.total_out)
        }
        guard output.count <= limit else { throw .tooLong }
        switch result {
        case Z_STREAM_END where stream.avail_in == 0: return output
        case Z_OK, Z_BUF_ERROR: throw .truncated
        default: throw .malformed
        }
    }
}

/// The checksum of PNG and gzip (ISO 3309).
package enum CRC32 {
    package static func of(_ bytes: [UInt8]) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
    }
}
