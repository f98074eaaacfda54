import GANEngine
import Glibc
import Synchronization
import WebServer

/// A page that holds the lab to what frames and answers promise.
final class FuzzedPage: ViewerSocket {
    private struct State {
        var answers = 0
        var session: SessionID?
    }

    private let state = Mutex(State())

    /// Answers received so far.
    var answers: Int { state.withLock(\.answers) }
    /// The session that it was told the state of last.
    var session: SessionID? { state.withLock(\.session) }

    var isCongested: Bool { false }

    func pauseReading() { fatalError("told to wait although every answer was waited for") }

    func resumeReading() {}

    func send(_ text: String) {
        // Keys come in order, and a quotation mark inside a text is escaped: so these are what they look like.
        let isAnswer = Self.rest(of: text, after: #""ok":"#) != nil
        let session = Self.rest(of: text, after: #""session":""#).flatMap {
            SessionID(String($0.prefix { $0 != "\"" }))
        }
        state.withLock { state in
            if isAnswer { state.answers += 1 }
            if let session { state.session = session }
        }
    }

    /// Up to 64 characters behind the first `marker`.
    private static func rest(of text: String, after marker: String) -> String? {
        text.withCString { start in
            strstr(start, marker).map { found in
                let bytes = UnsafeRawBufferPointer(
                    start: found + marker.utf8.count, count: strnlen(found + marker.utf8.count, 65))
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }

    func send(_ bytes: [UInt8]) { Self.check(bytes) }

    func offer(_ frame: SharedFrame) { Self.check(Array(frame.payload)) }

    func close(_ code: CloseCode, reason: String) { fatalError("closed: \(reason)") }

    /// A frame is whole, and no number in it is NaN but where the format says so.
    private static func check(_ frame: [UInt8]) {
        var reader = ByteReader(frame)
        do {
            expect(try reader.fixed(UInt32.self) == 0x314C_4E47, "no frame")
            expect(try reader.fixed(UInt16.self) == 1, "another version")
            let sections = try reader.fixed(UInt16.self)
            _ = try reader.bytes(12)
            for _ in 0..<4 { expect(try reader.float().isFinite, "a header that is not finite") }
            for _ in 0..<sections {
                let kind = try reader.fixed(UInt16.self)
                _ = try reader.fixed(UInt16.self)
                let count = Int(try reader.fixed(UInt32.self))
                check(section: kind, Array(try reader.bytes(count)))
                _ = try reader.bytes((4 - count % 4) % 4)
            }
            expect(reader.remaining == 0, "a frame with something behind it")
        } catch {
            fatalError("a frame that ends too early")
        }
    }

    private static func check(section kind: UInt16, _ payload: [UInt8]) {
        var reader = ByteReader(payload)
        do {
            switch kind {
            case 3, 14:
                _ = try reader.fixed(UInt32.self)
                expect(try reader.float().isFinite, "gradients without a scale")
            case 7:
                // The losses are NaN before the first update.
                for _ in 0..<2 { _ = try reader.float() }
                for _ in 0..<3 { expect(!(try reader.float().isNaN), "no number") }
            default: break
            }
        } catch {
            fatalError("section \(kind) ends too early")
        }
    }
}

extension ByteReader {
    fileprivate mutating func float() throws(Malformed) -> Float {
        Float(bitPattern: try fixed(UInt32.self))
    }
}
