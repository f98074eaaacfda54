import CSockets
import Glibc
import WebServer

/// Many WebSocket clients on one thread: they echo 64 bytes as fast as they come back, or watch the stream.
///
/// What the server sends is known to the byte, so a client only counts: it costs as little as it can, because it runs on
/// the cores of the server that it measures.
struct Load {
    enum Kind: String {
        case echo
        case stream

        /// Bytes of one message with its frame's head.
        var wireSize: Int { self == .echo ? 2 + 64 : 4 + 12_288 }
    }

    private struct Client {
        let descriptor: Int32
        var received = 0
        var last: UInt64 = 0
    }

    private let kind: Kind
    private let port: Int
    private var clients: [Client] = []
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    /// Microseconds from one message of a client to its next.
    private var gaps: [UInt32] = []
    /// A masked binary frame, with a mask of zeros.
    private let message: [UInt8] = [0x82, 0x80 | 64, 0, 0, 0, 0] + (0..<64).map { UInt8($0) }

    init(_ kind: Kind, port: Int) {
        self.kind = kind
        self.port = port
    }

    /// Connects `count` clients, measures for so many seconds after one of warming up, and prints a line.
    mutating func run(clients count: Int, seconds: Double) {
        let queue = epoll_create1(0)
        for index in 0..<count {
            clients.append(Client(descriptor: connect()))
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: UInt64(index)))
            epoll_ctl(queue, EPOLL_CTL_ADD, clients[index].descriptor, &event)
        }
        if kind == .echo { for client in clients { speak(client) } }
        let start = Self.clock() + 1_000_000_000
        let end = start + UInt64(seconds * 1e9)
        var events = [epoll_event](repeating: epoll_event(), count: 512)
        while Self.clock() < end {
            for event in events[..<Int(max(0, epoll_wait(queue, &events, 512, 100)))] {
                receive(Int(event.data.u64), from: start)
            }
        }
        for client in clients { close(client.descriptor) }
        close(queue)
        report(seconds)
    }

    private mutating func receive(_ index: Int, from start: UInt64) {
        let count = recv(clients[index].descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count > 0 else {
            if count == 0 || errno != EAGAIN { fail("the server closed a connection") }
            return
        }
        clients[index].received += count
        while clients[index].received >= kind.wireSize {
            clients[index].received -= kind.wireSize
            let now = Self.clock()
            if clients[index].last >= start { gaps.append(UInt32((now - clients[index].last) / 1000)) }
            clients[index].last = now
            if kind == .echo { speak(clients[index]) }
        }
    }

    private func speak(_ client: Client) {
        _ = send(client.descriptor, message, message.count, Int32(MSG_NOSIGNAL))
    }

    private mutating func report(_ seconds: Double) {
        gaps.sort()
        func quantile(_ part: Double) -> Double {
            gaps.isEmpty ? 0 : Double(gaps[min(gaps.count - 1, Int(part * Double(gaps.count)))]) / 1000
        }
        print(
            "\(kind.rawValue), \(clients.count) clients: \(Int(Double(gaps.count) / seconds)) messages/s, "
                + "ms between a client's: p50 \(quantile(0.5)) p99 \(quantile(0.99)) max \(quantile(1))")
    }

    /// A connection that has shaken hands.
    private func connect() -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        var address = loopback(port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { fail("nobody listens on port \(port)") }
        let request =
            "GET /\(kind.rawValue) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        _ = send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL))
        // One byte at a time, since the first frame may follow at once.
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), recv(descriptor, &byte, 1, 0) == 1 {
            head.append(byte)
        }
        guard head.starts(with: "HTTP/1.1 101 ".utf8) else { fail("the handshake was refused") }
        return descriptor
    }

    private func fail(_ reason: String) -> Never {
        print(reason)
        exit(1)
    }

    private static func clock() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// Lets this process have as many descriptors as the system allows.
func raiseFileLimit() {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}
