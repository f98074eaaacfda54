/// Character classes of the HTTP grammar (RFC 9110 §5.6, RFC 5234) and comparisons without case.
enum ASCII {
    /// `tchar`: what methods and field names are made of.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        // 0-9 A-Z a-z and !#$%&'*+-.^_`|~
        isIn(low: 0x03ff_6cfa_0000_0000, high: 0x57ff_ffff_c7ff_fffe, byte)
    }

    /// What the path and query of a URI are written with (RFC 3986 §3.3 and §3.4): `pchar`, `/`, `?`, and the percent
    /// sign, whose two digits this does not see.
    @inline(__always)
    static func isURICharacter(_ byte: UInt8) -> Bool {
        // 0-9 A-Z a-z and !$%&'()*+,-./:;=?@_~
        isIn(low: 0xafff_fff2_0000_0000, high: 0x47ff_fffe_87ff_ffff, byte)
    }

    /// Whether a class holds `byte`: one bit for each character below 64, and one for each from there to 127.
    @inline(__always)
    private static func isIn(low: UInt64, high: UInt64, _ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte - 64)) & 1 == 1
    }

    /// What a field value may contain: visible characters, space, tab and obs-text.
    @inline(__always)
    static func isFieldContent(_ byte: UInt8) -> Bool { (byte >= 0x20 && byte != 0x7f) || byte == 9 }

    /// Space or tab.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 9 }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inline(__always)
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    /// The value of a hexadecimal digit.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte - 0x30 }
        let letter = byte | 0x20
        return letter &- UInt8(ascii: "a") < 6 ? letter - UInt8(ascii: "a") + 10 : nil
    }

    /// Two hexadecimal digits.
    static func hex(_ byte: UInt8, uppercase: Bool = false) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: uppercase)
    }

    static func equalIgnoringCase(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
        a.utf8.elementsEqual(b.utf8) { lowercased($0) == lowercased($1) }
    }

    static func equalIgnoringCase(_ a: UnsafeRawBufferPointer, _ b: StaticString) -> Bool {
        guard a.count == b.utf8CodeUnitCount else { return false }
        for index in 0..<a.count where lowercased(a[index]) != lowercased(b.utf8Start[index]) { return false }
        return true
    }

    /// `text` without spaces and tabs at either end.
    static func trimmed(_ text: some StringProtocol) -> Substring {
        let utf8 = Substring(text).utf8
        guard let first = utf8.firstIndex(where: { !isBlank($0) }),
            let last = utf8.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return Substring(utf8[first...last])
    }

    /// The members of a comma-separated list, trimmed, empty ones left out (RFC 9110 §5.6.1).
    static func list(_ text: String) -> [Substring] {
        text.split(separator: ",").map { trimmed($0) }.filter { !$0.isEmpty }
    }

    /// A non-negative decimal number of digits only.
    static func number(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy(isDigit) else { return nil }
        return Int(text)
    }
}
