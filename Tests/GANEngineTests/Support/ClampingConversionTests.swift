import GANEngine
import Testing

@Suite("A number that becomes an integer")
struct ClampingConversionTests {
    @Test(
        "loses its fraction, and becomes the nearest there is if it does not fit",
        arguments: [
            (0.0, 0, 0), (2.9, 2, 2), (-2.9, -2, 0), (127, 127, 127), (128, 127, 128), (-128.9, -128, 0),
            (1e300, 127, 255), (-1e300, -128, 0), (.infinity, 127, 255), (-.infinity, -128, 0), (.nan, 0, 0),
        ] as [(Double, Int8, UInt8)])
    func bytes(number: Double, signed: Int8, unsigned: UInt8) {
        #expect(Int8(clamping: number) == signed)
        #expect(UInt8(clamping: number) == unsigned)
        #expect(Int8(clamping: Float(number)) == signed)
    }

    @Test("keeps every digit that its type has")
    func large() {
        #expect(Int(clamping: 0x1p53 + 2) == (1 << 53) + 2)
        #expect(Int(clamping: 0x1p63) == .max)
        #expect(Int(clamping: -0x1p63) == .min)
        #expect(Int(clamping: -0x1p64) == .min)
        #expect(UInt32(clamping: 0x1p32 - 1) == .max)
    }

    @Test("A quotation of what somebody sent is short, however many marks a character bears")
    func excerpts() {
        #expect("short".excerpt(5) == "short")
        #expect("longer".excerpt(5) == "longe…")
        #expect(("a" + String(repeating: "\u{301}", count: 100_000)).excerpt(40).utf8.count < 100)
    }
}
