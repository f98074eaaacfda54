import WebServer

/// A sequence of frames, and what must come of it. The sections are those of the standard conformance suite.
struct FrameCase: Sendable, CustomStringConvertible {
    let name: String
    let bytes: [UInt8]
    let events: [MessageDecoder.Event]
    var failure: CloseCode?

    init(
        _ name: String, _ frames: [ClientFrame], _ events: [MessageDecoder.Event], _ failure: CloseCode? = nil
    ) {
        self.name = name
        bytes = frames.flatMap(\.bytes)
        self.events = events
        self.failure = failure
    }

    var description: String { name }

    static var all: [FrameCase] {
        sizes + pings + reservedBits + opcodes + fragmentation + text + closing + closeCodes + lengths
    }

    private static func textMessage(_ text: String) -> MessageDecoder.Event { .message(.text(text)) }
    private static func binaryMessage(_ bytes: [UInt8]) -> MessageDecoder.Event { .message(.binary(bytes)) }

    /// 1: text and binary of every length class.
    static var sizes: [FrameCase] {
        [0, 1, 125, 126, 127, 128, 65_535, 65_536].flatMap { size in
            let bytes = [UInt8](repeating: 0xfe, count: size)
            let text = String(repeating: "*", count: size)
            return [
                FrameCase("text of \(size)", [.text(text)], [textMessage(text)]),
                FrameCase("binary of \(size)", [.binary(bytes)], [binaryMessage(bytes)]),
            ]
        }
    }

    /// 2: pings and pongs.
    static var pings: [FrameCase] {
        let long = [UInt8](repeating: 0xfe, count: 125)
        return [
            FrameCase("an empty ping", [.ping()], [.ping([])]),
            FrameCase("a ping with text", [.ping(Array("Hello".utf8))], [.ping(Array("Hello".utf8))]),
            FrameCase("a ping with bytes", [.ping([0, 0xff, 0xfe, 0])], [.ping([0, 0xff, 0xfe, 0])]),
            FrameCase("a ping of 125 bytes", [.ping(long)], [.ping(long)]),
            FrameCase("a ping of 126 bytes", [.ping(long + [0])], [], .protocolError),
            FrameCase("an unasked pong", [.pong([1])], [.pong([1])]),
            FrameCase("an unasked pong, then a ping", [.pong([1]), .ping([2])], [.pong([1]), .ping([2])]),
            FrameCase("ten pings", (0..<10).map { .ping([$0]) }, (0..<10).map { .ping([$0]) }),
        ]
    }

    /// 3: reserved bits without an extension.
    static var reservedBits: [FrameCase] {
        (1...7).flatMap { bits -> [FrameCase] in
            [1, 2, 8, 9, 10].map { opcode in
                FrameCase(
                    "reserved bits \(bits) with opcode \(opcode)",
                    [.text("a"), ClientFrame(reserved: UInt8(bits), opcode: UInt8(opcode)), .text("b")],
                    [textMessage("a")], .protocolError)
            }
        }
    }

    /// 4: reserved opcodes.
    static var opcodes: [FrameCase] {
        ([3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8]).flatMap { opcode in
            [
                FrameCase("opcode \(opcode)", [ClientFrame(opcode: opcode)], [], .protocolError),
                FrameCase(
                    "opcode \(opcode) after a message",
                    [.text("a"), ClientFrame(opcode: opcode, payload: [1]), .ping()],
                    [textMessage("a")], .protocolError),
            ]
        }
    }

    /// 5: fragmentation.
    static var fragmentation: [FrameCase] {
        let one = Array("one".utf8)
        let two = Array("two".utf8)
        return [
            FrameCase("a ping in two", [ClientFrame(isFinal: false, opcode: 9)], [], .protocolError),
            FrameCase("a pong in two", [ClientFrame(isFinal: false, opcode: 10)], [], .protocolError),
            FrameCase("a close in two", [ClientFrame(isFinal: false, opcode: 8)], [], .protocolError),
            FrameCase(
                "text in two", [.text("one", isFinal: false), .continuation(two)], [textMessage("onetwo")]),
            FrameCase(
                "text in two with a ping between",
                [.text("one", isFinal: false), .ping([1]), .continuation(two)],
                [.ping([1]), textMessage("onetwo")]),
            FrameCase(
                "text in three with two pings",
                [
                    .text("one", isFinal: false), .ping([1]), .continuation(two, isFinal: false), .ping([2]),
                    .continuation(one),
                ],
                [.ping([1]), .ping([2]), textMessage("onetwoone")]),
            FrameCase("continuation of nothing", [.continuation(one)], [], .protocolError),
            FrameCase(
                "continuation of nothing, unfinished", [.continuation(one, isFinal: false)], [],
                .protocolError),
            FrameCase(
                "continuation after the end", [.text("a"), .continuation(one)], [textMessage("a")],
                .protocolError),
            FrameCase(
                "text inside text", [.text("one", isFinal: false), .text("two")], [], .protocolError),
            FrameCase(
                "binary inside text", [.text("one", isFinal: false), .binary(two)], [], .protocolError),
            FrameCase(
                "a close inside a message", [.text("one", isFinal: false), .close(1000)],
                [.close(.normal, reason: "")]),
            FrameCase(
                "empty fragments",
                [.text("", isFinal: false), .continuation([], isFinal: false), .continuation([])],
                [textMessage("")]),
            FrameCase(
                "an empty first fragment", [.text("", isFinal: false), .continuation(two)],
                [textMessage("two")]),
            FrameCase(
                "binary in many",
                [.binary([0], isFinal: false)]
                    + (1..<50).map { .continuation([$0], isFinal: false) } + [.continuation([50])],
                [binaryMessage(Array(0...50))]),
            FrameCase(
                "two messages in fragments",
                [
                    .text("one", isFinal: false), .continuation(two), .binary(one, isFinal: false),
                    .continuation(two),
                ],
                [textMessage("onetwo"), binaryMessage(one + two)]),
        ]
    }

    /// 6: UTF-8.
    static var text: [FrameCase] {
        let valid: [[UInt8]] = [
            Array("κόσμε".utf8), [0x00], [0x7f], [0xc2, 0x80], [0xdf, 0xbf], [0xe0, 0xa0, 0x80],
            [0xef, 0xbf, 0xbf],
            [0xed, 0x9f, 0xbf], [0xee, 0x80, 0x80], [0xef, 0xbf, 0xbd], [0xf0, 0x90, 0x80, 0x80],
            [0xf4, 0x8f, 0xbf, 0xbf],
            [0xef, 0xbf, 0xbe], [0xf0, 0x9f, 0xbf, 0xbe],
        ]
        let invalid: [[UInt8]] = [
            [0x80], [0xbf], [0x80, 0xbf], [0xc0, 0x80], [0xc1, 0xbf], [0xc2], [0xc2, 0x20],
            [0xe0, 0x80, 0x80],
            [0xe0, 0x9f, 0xbf], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xed, 0xad, 0xbf], [0xed, 0xaf, 0xbf],
            [0xed, 0xb0, 0x80],
            [0xed, 0xbf, 0xbf], [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80], [0xf0, 0x80, 0x80, 0x80],
            [0xf0, 0x8f, 0xbf, 0xbf],
            [0xf0, 0x90, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80],
            [0xf8, 0x88, 0x80, 0x80, 0x80],
            [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80], [0xfe], [0xff], [0xfe, 0xfe, 0xff, 0xff],
            [0xce, 0xba, 0xe1, 0xbd, 0xb9, 0xcf, 0x83, 0xce, 0xbc, 0xce, 0xb5, 0xed, 0xa0, 0x80, 0x65],
        ]
        let good = valid.flatMap { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            return [
                FrameCase("valid \(bytes)", [ClientFrame(opcode: 1, payload: bytes)], [textMessage(text)]),
                FrameCase(
                    "valid \(bytes) in fragments",
                    [
                        ClientFrame(isFinal: false, opcode: 1, payload: [bytes[0]]),
                        .continuation(Array(bytes.dropFirst())),
                    ],
                    [textMessage(text)]),
            ]
        }
        let bad = invalid.flatMap { bytes in
            [
                FrameCase("invalid \(bytes)", [ClientFrame(opcode: 1, payload: bytes)], [], .invalidData),
                FrameCase(
                    "invalid \(bytes) in fragments",
                    [
                        ClientFrame(isFinal: false, opcode: 1, payload: [bytes[0]]),
                        .continuation(Array(bytes.dropFirst())),
                    ], [], .invalidData),
                FrameCase("\(bytes) is fine as binary", [.binary(bytes)], [binaryMessage(bytes)]),
            ]
        }
        return good + bad
    }

    /// 7.1 to 7.5: the close frame.
    static var closing: [FrameCase] {
        [
            FrameCase("close without a code", [ClientFrame(opcode: 8)], [.close(nil, reason: "")]),
            FrameCase("close with half a code", [ClientFrame(opcode: 8, payload: [3])], [], .protocolError),
            FrameCase("close with a code", [.close(1000)], [.close(.normal, reason: "")]),
            FrameCase(
                "close with a reason", [.close(1000, Array("bye".utf8))], [.close(.normal, reason: "bye")]),
            FrameCase(
                "close with the longest reason", [.close(1000, [UInt8](repeating: 42, count: 123))],
                [.close(.normal, reason: String(repeating: "*", count: 123))]),
            FrameCase(
                "close with too long a reason", [.close(1000, [UInt8](repeating: 42, count: 124))], [],
                .protocolError),
            FrameCase("close with a broken reason", [.close(1000, [0xce, 0xba, 0xff])], [], .invalidData),
        ]
    }

    /// 7.7 and 7.9: the numbers.
    static var closeCodes: [FrameCase] {
        ([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999] as [UInt16]).map {
            FrameCase("close \($0)", [.close($0)], [.close(CloseCode($0), reason: "")])
        }
            + ([0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535] as [UInt16]).map {
                FrameCase("close \($0)", [.close($0)], [], .protocolError)
            }
    }

    /// §5.2 and §5.3 of the RFC: lengths and masks.
    static var lengths: [FrameCase] {
        [
            FrameCase(
                "no mask", [ClientFrame(opcode: 1, payload: [65], isMasked: false)], [], .protocolError),
            FrameCase(
                "a close without a mask", [ClientFrame(opcode: 8, isMasked: false)], [], .protocolError),
            FrameCase(
                "a short length in two bytes", [ClientFrame(opcode: 2, payload: [1], lengthBytes: 2)], [],
                .protocolError),
            FrameCase(
                "a short length in eight bytes", [ClientFrame(opcode: 2, payload: [1], lengthBytes: 8)], [],
                .protocolError),
            FrameCase(
                "a middling length in eight bytes",
                [ClientFrame(opcode: 2, payload: [UInt8](repeating: 1, count: 300), lengthBytes: 8)], [],
                .protocolError),
            FrameCase(
                "a length of 64 bits", [ClientFrame(opcode: 2, announced: 1 << 63, lengthBytes: 8)], [],
                .protocolError),
            FrameCase(
                "a length of 63 bits", [ClientFrame(opcode: 2, announced: 1 << 62, lengthBytes: 8)], [],
                .messageTooBig),
            FrameCase(
                "a message just too big", [ClientFrame(opcode: 2, announced: (1 << 24) + 1, lengthBytes: 8)],
                [],
                .messageTooBig),
            FrameCase(
                "fragments that are too big together",
                [
                    .binary([UInt8](repeating: 0, count: 10), isFinal: false),
                    ClientFrame(opcode: 0, announced: 1 << 24, lengthBytes: 8),
                ], [], .messageTooBig),
        ]
    }
}
