import Testing
import WebServer

@Suite struct MessageDecoderTests {
    @Test func everyCaseInEveryFeeding() {
        for example in FrameCase.all {
            for pieces in feedings(of: example.bytes) {
                let result = decode(pieces)
                #expect(result.events == example.events, "\(example)")
                #expect(result.failure == example.failure, "\(example)")
            }
        }
    }

    @Test func brokenTextIsRefusedAtItsFirstBadByte() {
        let payload = Array("κόσμε".utf8) + [0xf4, 0x90] + Array("never read".utf8)
        let bytes = ClientFrame(opcode: 1, payload: payload).bytes
        let result = decode(bytes.indices.map { bytes[$0...$0] })
        #expect(result.failure == .invalidData)
        // Header 6 bytes, the Greek word 10, and the second byte of the character beyond U+10FFFF.
        #expect(result.piecesRead == 6 + 10 + 2)
    }

    @Test(
        arguments: [
            ([0xb1], "a reserved bit"), ([0xc1], "RSV1 without an extension"), ([0x83], "a reserved opcode"),
            ([0x09], "a fragmented ping"), ([0x81, 0x05], "no mask"), ([0x89, 0xfe], "a long ping"),
            ([0x82, 0xfe, 0, 125], "a short length in two bytes"),
            ([0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff], "a middling length in eight"),
            ([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0], "a length of 64 bits"),
        ] as [([UInt8], String)])
    func aBrokenHeadIsRefusedBeforeItIsComplete(_ head: [UInt8], _ name: String) {
        for pieces in feedings(of: head) { #expect(decode(pieces).failure == .protocolError, "\(name)") }
        #expect(decode([head.dropLast()]).failure == nil, "\(name)")
    }

    @Test func unmasksAtEveryOffset() {
        let payload = (0..<100).map { UInt8($0) }
        let frame = ClientFrame.binary(payload).bytes
        for cut in 1..<frame.count {
            #expect(decode([frame[..<cut], frame[cut...]]).events == [.message(.binary(payload))])
        }
    }

    @Test func anAnnouncementCostsNothing() {
        let frame = ClientFrame(opcode: 2, payload: [1, 2, 3], announced: 1 << 23, lengthBytes: 8).bytes
        let result = decode([frame[...]])
        #expect(result.events.isEmpty)
        #expect(result.failure == nil)
    }
}

@Suite struct HandshakeTests {
    /// The example of RFC 6455 §1.3.
    @Test func provesThatTheKeyWasRead() {
        #expect(WebSocketHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    /// The examples of RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64(_ text: String, _ encoded: String) { #expect(Base64.encode(Array(text.utf8)) == encoded) }
}
