/// Lempel–Ziv–Welch as GIF uses it (GIF89a, appendix F): codes of growing width, least significant bit first.
enum LZW {
    private static let maximumCode = 4_095
    private static let slots = 1 << 14

    /// - Parameter bits: Every value is below 2^bits; 2…8.
    static func encode(_ values: some Sequence<UInt8>, bits: Int) -> [UInt8] {
        let clear = 1 << bits
        let end = clear + 1
        var output = BitWriter()
        var width = bits + 1
        var next = end + 1
        // The dictionary: prefix code and value that follows → code; open addressing. 0 is an empty slot.
        var keys = [UInt32](repeating: 0, count: slots)
        var codes = [UInt16](repeating: 0, count: slots)
        var prefix: Int?

        output.write(clear, width)
        for value in values {
            guard let known = prefix else {
                prefix = Int(value)
                continue
            }
            let key = UInt32(known) << 8 | UInt32(value) + 1 << 20
            var slot = Int(truncatingIfNeeded: key &* 2_654_435_761 >> 18) & (slots - 1)
            while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & (slots - 1) }
            if keys[slot] == key {
                prefix = Int(codes[slot])
                continue
            }
            output.write(known, width)
            prefix = Int(value)
            if next <= maximumCode {
                keys[slot] = key
                codes[slot] = UInt16(next)
                if next == 1 << width { width += 1 }
                next += 1
            } else {
                output.write(clear, width)
                keys = Array(repeating: 0, count: slots)
                width = bits + 1
                next = end + 1
            }
        }
        if let prefix { output.write(prefix, width) }
        // The decoder has added an entry for the last code too, and may have widened.
        if next == 1 << width, width < 12 { width += 1 }
        output.write(end, width)
        return output.finished
    }
}

/// Packs numbers of any width into bytes, least significant bit first.
private struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt32 = 0
    private var count = 0

    mutating func write(_ value: Int, _ width: Int) {
        pending |= UInt32(value) << UInt32(count)
        count += width
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: pending))
            pending >>= 8
            count -= 8
        }
    }

    var finished: [UInt8] { count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes }
}
