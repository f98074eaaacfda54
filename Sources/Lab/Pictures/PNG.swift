import CZlib

/// Writes pictures in the PNG format (W3C PNG, third edition; RFC 2083): 8 bits a channel, RGBA, no interlacing.
package enum PNG {
    /// The eight bytes every PNG begins with.
    package static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Encodes a picture. `picture` is at least one pixel wide and high.
    package static func encode(_ picture: Bitmap) -> [UInt8] {
        var header: [UInt8] = []
        header.appendBigEndian(UInt32(picture.width))
        header.appendBigEndian(UInt32(picture.height))
        header += [8, 6, 0, 0, 0]  // bit depth, RGBA, deflate, adaptive filters, not interlaced

        var file = signature
        append(chunk: "IHDR", header, to: &file)
        append(chunk: "IDAT", Deflate.compress(filtered(picture), format: .zlib), to: &file)
        append(chunk: "IEND", [], to: &file)
        return file
    }

    private static func append(chunk type: String, _ data: [UInt8], to file: inout [UInt8]) {
        file.appendBigEndian(UInt32(data.count))
        let content = Array(type.utf8) + data
        file += content
        file.appendBigEndian(CRC32.of(content))
    }

    /// Each row behind the number of its filter: 1 (Sub), which suits smooth gradients and flat areas alike.
    private static func filtered(_ picture: Bitmap) -> [UInt8] {
        let stride = picture.width * 4
        var rows: [UInt8] = []
        rows.reserveCapacity((stride + 1) * picture.height)
        for row in 0..<picture.height {
            let start = row * stride
            rows.append(1)
            rows += picture.bytes[start..<start + 4]
            for index in start + 4..<start + stride {
                rows.append(picture.bytes[index] &- picture.bytes[index - 4])
            }
        }
        return rows
    }
}

extension [UInt8] {
    mutating func appendBigEndian(_ value: UInt32) {
        append(contentsOf: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) })
    }
}
