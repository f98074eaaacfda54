/// Checks that bytes are UTF-8 (RFC 3629) as they come, so that a broken message is refused at its first bad byte.
package struct UTF8Validator {
    /// Continuation bytes still to come, and the range that the next of them must be in.
    private var pending = 0
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xbf

    /// At the beginning of a text.
    package init() {}

    /// Whether no character is cut off at the end.
    package var isComplete: Bool { pending == 0 }

    /// Reads on; false at the first byte that cannot be right.
    package mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if pending == 0, index + 8 <= bytes.count,
                bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                index += 8
                continue
            }
            guard read(bytes[index]) else { return false }
            index += 1
        }
        return true
    }

    private mutating func read(_ byte: UInt8) -> Bool {
        if pending > 0 {
            guard byte >= lower, byte <= upper else { return false }
            pending -= 1
            (lower, upper) = (0x80, 0xbf)
            return true
        }
        switch byte {
        case 0x00...0x7f: return true
        case 0xc2...0xdf: pending = 1
        case 0xe0...0xef:
            pending = 2
            // No overlong forms, no surrogates.
            if byte == 0xe0 { lower = 0xa0 }
            if byte == 0xed { upper = 0x9f }
        case 0xf0...0xf4:
            pending = 3
            // No overlong forms, nothing above U+10FFFF.
            if byte == 0xf0 { lower = 0x90 }
            if byte == 0xf4 { upper = 0x8f }
        default: return false
        }
        return true
    }
}
