/// Reads frames as the page does, written apart from the writer.
struct FrameReader {
    let bytes: [UInt8]
    /// Payloads by kind; the last one of a kind counts.
    private(set) var sections: [UInt16: [UInt8]] = [:]
    /// Kinds in order.
    private(set) var kinds: [UInt16] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var offset = 36
        for _ in 0..<Self.number(bytes, 6, 2) {
            let kind = UInt16(Self.number(bytes, offset, 2))
            let count = Self.number(bytes, offset + 4, 4)
            sections[kind] = Array(bytes[offset + 8..<offset + 8 + count])
            kinds.append(kind)
            offset += 8 + (count + 3) / 4 * 4
        }
    }

    var step: Int { Self.number(bytes, 8, 8) }
    var revision: Int { Self.number(bytes, 16, 4) }
    var stepsPerSecond: Float { Float(bitPattern: UInt32(Self.number(bytes, 20, 4))) }

    /// A little-endian number in a section.
    func number(_ kind: UInt16, at offset: Int, size: Int) -> Int {
        Self.number(sections[kind] ?? [], offset, size)
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ size: Int) -> Int {
        (0..<size).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }
}
