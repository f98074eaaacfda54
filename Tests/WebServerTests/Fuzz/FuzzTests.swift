import Glibc
import Testing
import WebServer

/// Seeded fuzzing of everything that reads bytes from strangers. Each runs for a bounded time, longer if FUZZ_SECONDS
/// says so; the seed is the number of the input, so a failure names what repeats it.
@Suite struct FuzzTests {
    private func fuzz(_ corpus: [[UInt8]], _ check: (inout Mutator, UInt64) -> Void) {
        let seconds = getenv("FUZZ_SECONDS").flatMap { Int(String(cString: $0)) } ?? 2
        let start = ContinuousClock.now
        var seed: UInt64 = 0
        while seed < 2000 || ContinuousClock.now - start < .seconds(seconds) {
            var mutator = Mutator(corpus: corpus, seed: seed)
            for _ in 0..<50 { check(&mutator, seed) }
            seed += 50
        }
    }

    /// However a request is cut up, it means the same, and what is accepted obeys the rules that keep proxies and
    /// servers of one mind.
    @Test func requests() {
        fuzz(RequestCases.all.map(\.bytes)) { mutator, seed in
            let bytes = mutator.next()
            let whole = parse([bytes[...]])
            #expect(parse(mutator.pieces(of: bytes)) == whole, "seed \(seed): \(bytes)")
            for request in whole.requests {
                let names = request.headers.map { $0.prefix { $0 != ":" }.lowercased() }
                let framing = names.filter { $0 == "content-length" || $0 == "transfer-encoding" }
                #expect(framing.count <= 1, "seed \(seed): \(bytes)")
                #expect(names.filter { $0 == "host" }.count <= 1, "seed \(seed): \(bytes)")
                let text = request.headers.joined()
                #expect(!text.utf8.contains { $0 == 0 || $0 == 10 || $0 == 13 }, "seed \(seed): \(bytes)")
            }
        }
    }

    /// However frames are cut up, they mean the same, and no message is larger than the limit.
    @Test func frames() {
        fuzz(FrameCase.all.map(\.bytes)) { mutator, seed in
            let bytes = mutator.next()
            let whole = decode([bytes[...]], limit: 1000)
            let cut = decode(mutator.pieces(of: bytes), limit: 1000)
            #expect(cut.events == whole.events, "seed \(seed): \(bytes)")
            #expect(cut.failure == whole.failure, "seed \(seed): \(bytes)")
            for case .message(.binary(let message)) in whole.events { #expect(message.count <= 1000) }
            for case .message(.text(let message)) in whole.events { #expect(message.utf8.count <= 1000) }
        }
    }

    /// The same with compression, so that the inflater sees broken streams.
    @Test func compressedFrames() {
        let deflater = Deflater(windowBits: 15, level: 6)
        let corpus = (0..<64).map { number -> [UInt8] in
            let text = Array(String(repeating: "message \(number) ", count: number).utf8)
            let payload = deflater.deflate(text[...])
            return ClientFrame(reserved: 4, opcode: number % 2 == 0 ? 1 : 2, payload: payload).bytes
        }
        fuzz(corpus) { mutator, seed in
            let bytes = mutator.next()
            let whole = decode(
                [bytes[...]], limit: 5000, inflater: Inflater(windowBits: 15, keepsContext: true))
            let cut = decode(
                mutator.pieces(of: bytes), limit: 5000, inflater: Inflater(windowBits: 15, keepsContext: true)
            )
            #expect(cut.events == whole.events, "seed \(seed): \(bytes)")
            for case .message(.binary(let message)) in whole.events { #expect(message.count <= 5000) }
        }
    }

    /// The validator agrees with the standard library on every input.
    @Test func text() {
        let corpus = FrameCase.text.map { Array($0.bytes.dropFirst(6)) } + [Array("κόσμε ✓ 🌍 plain".utf8)]
        fuzz(corpus) { mutator, seed in
            let bytes = mutator.next()
            var validator = UTF8Validator()
            let isValid = mutator.pieces(of: bytes).allSatisfy { piece in
                piece.withUnsafeBytes { validator.read($0) }
            }
            #expect(
                (isValid && validator.isComplete) == (String(validating: bytes, as: UTF8.self) != nil),
                "seed \(seed): \(bytes)")
        }
    }

    /// Whatever stands in the small grammars, reading it ends and the result is in bounds.
    @Test func fields() {
        let corpus = [
            "bytes=0-4,5-,-3", "gzip;q=0.5, *;q=0", "\"a\", W/\"b,c\", *", "Sun, 06 Nov 1994 08:49:37 GMT",
            "permessage-deflate; client_max_window_bits=10; server_no_context_takeover", "/a/%2e%2e/b?c#d",
            "http://[::1]:80/x",
        ].map { Array($0.utf8) }
        fuzz(corpus) { mutator, seed in
            let text = String(decoding: mutator.next(), as: UTF8.self)
            if case .parts(let parts) = ByteRanges(text, length: 100) {
                #expect(
                    parts.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= 100 }, "\(text)")
            }
            _ = AcceptEncoding.prefersGzip([text])
            _ = Preconditions(["If-None-Match": text, "If-Range": text], etag: "\"a\"", modified: 0).verdict
            _ = HTTPDate.parse(text)
            if let offers = ExtensionOffer.list(text),
                let agreement = DeflateAgreement(offers: offers, options: .init())
            {
                #expect(
                    (9...15).contains(agreement.serverWindowBits)
                        && (8...15).contains(agreement.clientWindowBits))
            }
            if let target = try? RequestTarget(text, method: .get) {
                #expect(target.path.utf8.first == UInt8(ascii: "/"))
                let segments = target.path.split(separator: "/")
                #expect(!segments.contains("..") && !segments.contains("."), "seed \(seed): \(text)")
            }
        }
    }
}
