import Foundation
import Synchronization
import TestSupport

/// Reads one WebSocket on a thread of its own and answers pings at once, as a browser does whatever its page waits for.
final class WebSocketReader: Sendable {
    enum Message {
        case text([UInt8])
        case binary([UInt8])
        case end(PageClient.Failure)
    }

    private let socket: BlockingSocket
    private let messages = Mutex<[Message]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    init(_ socket: BlockingSocket) {
        self.socket = socket
        Thread.detachNewThread { self.read() }
    }

    /// The next message, in the order in which they came.
    func next() throws -> Message {
        guard arrivals.wait(timeout: .now() + .seconds(Patience.seconds)) == .success else {
            throw PageClient.Failure(description: "nothing came in time")
        }
        let message = messages.withLock { $0.removeFirst() }
        // The end is the end, however often somebody asks.
        if case .end = message { leave(message) }
        return message
    }

    private func leave(_ message: Message) {
        messages.withLock { $0.append(message) }
        arrivals.signal()
    }

    private func read() {
        do {
            while true { try readFrame() }
        } catch {
            leave(.end(error as? PageClient.Failure ?? PageClient.Failure(description: "\(error)")))
        }
    }

    private func readFrame() throws {
        let head = try socket.read(2)
        var count = Int(head[1] & 0x7F)
        if count == 126 { count = try socket.read(2).reduce(0) { $0 << 8 | Int($1) } }
        if count == 127 { count = try socket.read(8).reduce(0) { $0 << 8 | Int($1) } }
        let payload = try socket.read(count)
        switch head[0] & 0x0F {
        case 1: leave(.text(payload))
        case 2: leave(.binary(payload))
        case 8: throw PageClient.Failure(description: "closed with \(payload.prefix(2))")
        case 9: try PageClient.write(opcode: 10, payload, to: socket)
        default: break
        }
    }
}
