import Glibc
import TestSupport

/// A blocking TCP client that knows nothing of HTTP: tests say every byte.
final class RawClient {
    private let descriptor: Int32
    private let server: TestServer

    init(
        _ server: TestServer, port: Int? = nil, receiveBuffer: Int32? = nil, from source: String? = nil
    ) {
        self.server = server
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        if var receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4) }
        var timeout = timeval(tv_sec: Patience.seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        if let source {
            address.sin_addr.s_addr = inet_addr(source)
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        address.sin_port = in_port_t(port ?? server.port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    deinit { close(descriptor) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    /// Sends each byte by itself.
    func trickle(_ text: String) { for byte in text.utf8 { send([byte]) } }

    /// Says that nothing more will be sent.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// At most `count` bytes; empty at the end, nil if nothing came in time.
    func receive(atMost count: Int = 65_536) -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: count)
        let got = recv(descriptor, &room, count, 0)
        return got < 0 ? (errno == ECONNRESET ? [] : nil) : Array(room[..<got])
    }

    /// Everything until the server closes.
    func receiveAll() -> [UInt8] {
        var all: [UInt8] = []
        while let bytes = receive(), !bytes.isEmpty { all += bytes }
        return all
    }

    /// Exactly `count` bytes, or fewer if the server closes.
    func receive(exactly count: Int) -> [UInt8] {
        var all: [UInt8] = []
        while all.count < count, let bytes = receive(atMost: count - all.count), !bytes.isEmpty {
            all += bytes
        }
        return all
    }

    /// Up to and including `end`.
    func receive(until end: String) -> String {
        var all: [UInt8] = []
        while !all.suffix(end.utf8.count).elementsEqual(end.utf8), let byte = receive(atMost: 1),
            !byte.isEmpty
        {
            all += byte
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// One response with the content that its Content-Length announces.
    func response(toHead: Bool = false) -> RawResponse? {
        let head = receive(until: "\r\n\r\n")
        guard let response = RawResponse(head: head) else { return nil }
        let hasContent = !toHead && response.status >= 200 && ![204, 304].contains(response.status)
        guard hasContent, let length = response["Content-Length"].flatMap({ Int($0) }) else {
            return response
        }
        return response.with(body: receive(exactly: length))
    }

    /// Whether the server has closed, and sent nothing more.
    var isClosed: Bool { receive()?.isEmpty ?? false }
}

/// A response taken apart by hand.
struct RawResponse {
    let status: Int
    let fields: [(name: String, value: String)]
    private(set) var body: [UInt8] = []

    init?(head: String) {
        let lines = head.split(separator: "\r\n")
        guard let first = lines.first, first.hasPrefix("HTTP/1.1 "),
            let status = Int(first.dropFirst(9).prefix(3))
        else {
            return nil
        }
        self.status = status
        fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (parts[0].lowercased(), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
    }

    subscript(name: String) -> String? { fields.first { $0.name == name.lowercased() }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }

    func with(body: [UInt8]) -> RawResponse {
        var copy = self
        copy.body = body
        return copy
    }
}
