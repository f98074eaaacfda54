import Testing
import WebServer

@Suite struct DeflateTests {
    /// The examples of RFC 7692 §7.2.3.
    @Test(
        arguments: [
            [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00],
            [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00],
            [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00],
            [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00],
        ] as [[UInt8]])
    func examplesOfTheRFC(_ payload: [UInt8]) {
        let frame = ClientFrame(reserved: 4, opcode: 1, payload: payload).bytes
        for pieces in feedings(of: frame) {
            let inflater = Inflater(windowBits: 15, keepsContext: true)
            #expect(decode(pieces, inflater: inflater).events == [.message(.text("Hello"))])
        }
    }

    @Test func examplesInFragmentsAndWithContext() {
        let fragments =
            ClientFrame(isFinal: false, reserved: 4, opcode: 1, payload: [0xf2, 0x48, 0xcd]).bytes
            + ClientFrame.ping([7]).bytes + ClientFrame.continuation([0xc9, 0xc9, 0x07, 0x00]).bytes
        // The second Hello refers back to the first.
        let again = ClientFrame(reserved: 4, opcode: 1, payload: [0xf2, 0x00, 0x11, 0x00, 0x00]).bytes
        for pieces in feedings(of: fragments + again) {
            let result = decode(pieces, inflater: Inflater(windowBits: 15, keepsContext: true))
            #expect(result.events == [.ping([7]), .message(.text("Hello")), .message(.text("Hello"))])
            let without = decode(pieces, inflater: Inflater(windowBits: 15, keepsContext: false))
            #expect(without.failure == .invalidData)
        }
    }

    @Test(arguments: [9, 10, 12, 15], [true, false])
    func whatIsDeflatedInflates(windowBits: Int, keepsContext: Bool) {
        var generator = SeededGenerator(seed: UInt64(windowBits))
        let deflater = Deflater(windowBits: windowBits, level: 6)
        let inflater = Inflater(windowBits: windowBits, keepsContext: keepsContext)
        var bytes: [UInt8] = []
        var expected: [MessageDecoder.Event] = []
        for size in [0, 1, 5, 16, 64, 256, 1000, 4096, 8192, 16_384, 32_768, 65_536, 131_072] {
            let message = (0..<size).map { UInt8.random(in: 0...($0 % 3 == 0 ? 255 : 3), using: &generator) }
            if !keepsContext { deflater.reset() }
            bytes += ClientFrame(reserved: 4, opcode: 2, payload: deflater.deflate(message[...])).bytes
            expected.append(.message(.binary(message)))
        }
        let pieces = feedings(of: bytes)
        #expect(decode(pieces[0], inflater: inflater).events == expected)
    }

    @Test func bombsAreDefused() {
        let zeros = [UInt8](repeating: 0, count: 8 << 20)
        let bomb = Deflater(windowBits: 15, level: 9).deflate(zeros[...])
        #expect(bomb.count < 10_000)
        let frame = ClientFrame(reserved: 4, opcode: 2, payload: bomb).bytes
        let result = decode(
            [frame[...]], limit: 1 << 20, inflater: Inflater(windowBits: 15, keepsContext: true))
        #expect(result.failure == .messageTooBig)
    }

    @Test func noiseIsRefused() {
        let frame = ClientFrame(reserved: 4, opcode: 2, payload: [0xff, 0xff, 0xff, 0xff]).bytes
        let result = decode([frame[...]], inflater: Inflater(windowBits: 15, keepsContext: true))
        #expect(result.failure == .invalidData)
    }

    /// What follows would be read from the wrong bit on.
    @Test(arguments: [true, false])
    func aMessageCutShortIsRefused(keepsContext: Bool) {
        let text = Array(String(repeating: "hello world ", count: 20).utf8)
        let payload = Deflater(windowBits: 15, level: 6).deflate(text[...])
        for length in 1..<payload.count {
            let frame = ClientFrame(reserved: 4, opcode: 1, payload: Array(payload[..<length])).bytes
            let result = decode([frame[...]], inflater: Inflater(windowBits: 15, keepsContext: keepsContext))
            #expect(result.failure == .invalidData, "\(length) of \(payload.count)")
        }
    }

    /// As zlib has it after a flush; the messages behind it are read as ever.
    @Test func noBytesAreAnEmptyMessage() {
        let payload = Deflater(windowBits: 15, level: 6).deflate([7, 7, 7, 7])
        let frames = [[], payload, []].flatMap { ClientFrame(reserved: 4, opcode: 2, payload: $0).bytes }
        for pieces in feedings(of: frames) {
            let result = decode(pieces, inflater: Inflater(windowBits: 15, keepsContext: true))
            #expect(result.events == [[], [7, 7, 7, 7], []].map { .message(.binary($0)) })
        }
    }

    @Test func compressedTextIsStillText() {
        let payload = Deflater(windowBits: 15, level: 1).deflate([0xff, 0xfe])
        let frame = ClientFrame(reserved: 4, opcode: 1, payload: payload).bytes
        let result = decode([frame[...]], inflater: Inflater(windowBits: 15, keepsContext: true))
        #expect(result.failure == .invalidData)
    }

    @Test func rsv1BelongsToTheFirstFrameOfAMessage() {
        let inflater = Inflater(windowBits: 15, keepsContext: true)
        let continued =
            ClientFrame.text("a", isFinal: false).bytes + ClientFrame(reserved: 4, opcode: 0).bytes
        #expect(decode([continued[...]], inflater: inflater).failure == .protocolError)
        for opcode in [8, 9, 10] as [UInt8] {
            let control = ClientFrame(reserved: 4, opcode: opcode).bytes
            #expect(decode([control[...]], inflater: inflater).failure == .protocolError)
        }
        let other = ClientFrame(reserved: 2, opcode: 1).bytes
        #expect(decode([other[...]], inflater: inflater).failure == .protocolError)
    }
}

@Suite struct DeflateAgreementTests {
    private func answer(_ offers: String, _ options: DeflateOptions = .init()) -> String? {
        ExtensionOffer.list(offers).flatMap { DeflateAgreement(offers: $0, options: options)?.header }
    }

    @Test(arguments: [
        ("permessage-deflate", "permessage-deflate"),
        ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
        ("permessage-deflate; client_max_window_bits=10", "permessage-deflate; client_max_window_bits=10"),
        (
            "permessage-deflate; client_max_window_bits=\"10\"",
            "permessage-deflate; client_max_window_bits=10"
        ),
        ("permessage-deflate; server_max_window_bits=9", "permessage-deflate; server_max_window_bits=9"),
        ("permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=15"),
        ("permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover"),
        ("permessage-deflate; client_no_context_takeover", "permessage-deflate; client_no_context_takeover"),
        ("permessage-deflate;server_max_window_bits=8, permessage-deflate", "permessage-deflate"),
        ("x-other, permessage-deflate;client_max_window_bits", "permessage-deflate"),
        (
            "permessage-deflate; unknown, permessage-deflate; server_no_context_takeover",
            "permessage-deflate; server_no_context_takeover"
        ),
    ])
    func accepts(_ offer: String, _ expected: String) { #expect(answer(offer) == expected) }

    @Test(arguments: [
        "", "x-webkit-deflate-frame", "permessage-deflate; unknown",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=16", "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=015",
        "permessage-deflate; client_max_window_bits=x", "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; client_max_window_bits=10; client_max_window_bits=10", "Permessage-Deflate",
        "permessage-deflate; server_max_window_bits=\"8\"", "permessage-deflate; client_max_window_bits=+9",
    ])
    func declines(_ offer: String) { #expect(answer(offer) == nil) }

    /// RFC 6455 §9.1
    @Test(arguments: [
        ("", []), (" , ,", []), ("a", ["a"]), ("a,b", ["a", "b"]), (" a ; b = c ,\td;e ", ["a b=c", "d e"]),
        ("a;b=\"c\";d=\"\\e\"", ["a b=c d=e"]), ("a,,b", ["a", "b"]),
    ])
    func offersAreRead(_ field: String, _ expected: [String]) throws {
        let offers = try #require(ExtensionOffer.list(field)).map { offer in
            var words = [offer.name]
            for parameter in offer.parameters {
                words.append(parameter.name + (parameter.value.map { "=" + $0 } ?? ""))
            }
            return words.joined(separator: " ")
        }
        #expect(offers == expected)
    }

    @Test(arguments: [
        ";", "a;", "a;;b", "a;=b", "a;b=", "a;b=\"", "a;b=\"c", "a;b=\"\"", "a;b=\"c d\"", "a;b=\"c,d\"",
        "a b", "a=b",
        "a;b c", "a;b=c d", "\"a\"", "a;b=\"c\"d", "a/b", "é",
    ])
    func whatBreaksTheGrammarIsNotRead(_ field: String) { #expect(ExtensionOffer.list(field) == nil) }

    @Test func optionsLimitWhatTheServerKeeps() {
        var options = DeflateOptions()
        options.contextTakeover = false
        options.windowBits = 12
        #expect(
            answer("permessage-deflate; server_max_window_bits=14", options)
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=12")
    }
}
