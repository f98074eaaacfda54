/// Reads numbers and text from bytes that nobody vouches for: never past the end, never more than there is.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    /// The bytes end before the value does, or do not form one.
    struct Malformed: Error {}

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - position }

    mutating func byte() throws(Malformed) -> UInt8 {
        guard position < bytes.count else { throw Malformed() }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func bytes(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw Malformed() }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func fixed<T: FixedWidthInteger>(_ type: T.Type) throws(Malformed) -> T {
        try bytes(MemoryLayout<T>.size).reversed().reduce(0) { $0 << 8 | T(truncatingIfNeeded: $1) }
    }

    /// LEB128, at most 10 bytes, in its shortest form.
    mutating func varint() throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let byte = try byte()
            let digits = UInt64(byte & 127)
            guard (digits << shift) >> shift == digits else { throw Malformed() }
            value |= digits << shift
            if byte < 128 {
                guard byte > 0 || shift == 0 else { throw Malformed() }
                return value
            }
        }
        throw Malformed()
    }

    /// Zigzag, then LEB128: small magnitudes of either sign are short.
    mutating func signed() throws(Malformed) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(value & 1)
    }

    /// A number of things, each of which takes at least `size` bytes: a count that cannot be true is refused
    /// before anything is allocated for it.
    mutating func count(eachAtLeast size: Int = 1) throws(Malformed) -> Int {
        let count = try varint()
        guard count <= UInt64(remaining / size) else { throw Malformed() }
        return Int(count)
    }

    mutating func text() throws(Malformed) -> String {
        guard let text = String(validating: try bytes(try count()), as: UTF8.self) else { throw Malformed() }
        return text
    }
}

extension ByteWriter {
    mutating func write(varint value: UInt64) {
        var rest = value
        while rest >= 128 {
            write(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        write(UInt8(rest))
    }

    mutating func write(signed value: Int64) {
        write(varint: UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    mutating func write(text: String) {
        write(varint: UInt64(text.utf8.count))
        write(Array(text.utf8))
    }
}
