import Foundation
import Synchronization
import TestSupport

/// A loopback connection that reads and writes with patience, but not without end. One thread may read while others write.
final class BlockingSocket: Sendable {
    private let descriptor: Int32
    private let received = Mutex<[UInt8]>([])
    private let writing = Mutex<Void>(())

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: Patience.seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw PageClient.Failure(description: "cannot connect to port \(port)") }
    }

    deinit { close(descriptor) }

    /// Ends the connection in both directions; whoever reads is told.
    func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    func read(_ count: Int) throws -> [UInt8] {
        try received.withLock { received in
            while received.count < count {
                guard try receive(into: &received) else { throw PageClient.Failure(description: "hung up") }
            }
            defer { received.removeFirst(count) }
            return Array(received[..<count])
        }
    }

    func readToEnd() throws -> [UInt8] {
        try received.withLock { received in
            while try receive(into: &received) {}
            return received
        }
    }

    func write(_ bytes: [UInt8]) throws {
        try writing.withLock { _ in
            var sent = 0
            while sent < bytes.count {
                let size = bytes[sent...].withUnsafeBytes {
                    send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard size > 0 else { throw PageClient.Failure(description: "cannot send") }
                sent += size
            }
        }
    }

    /// False at the end of the stream.
    private func receive(into received: inout [UInt8]) throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let size = recv(descriptor, &buffer, buffer.count, 0)
        guard size >= 0 else { throw PageClient.Failure(description: "nothing came in time") }
        received += buffer[..<size]
        return size > 0
    }
}
