import CSockets
import Glibc

/// The least that a server can do for `Load.Kind.echo`: takes every client for one of `Load`'s, understands nothing, and
/// sends back 64 bytes for each that came. What is above it is what the protocol costs, what is in it is the system's.
struct Floor {
    /// Asks for events over and over and never sleeps.
    private let isAwake: Bool
    private let queue = epoll_create1(0)
    private let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    // Sound: one for as long as the process lives. An array would be copied for every answer.
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    private let handshake = Array("HTTP/1.1 101 Switching Protocols\r\n\r\n".utf8)
    private let echo: [UInt8] = [0x82, 64] + (0..<64).map { UInt8($0) }

    init(port: Int, isAwake: Bool) {
        self.isAwake = isAwake
        var one: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, 4)
        var address = loopback(port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0, listen(listener, 64) == 0 else {
            print("port \(port) is not free")
            exit(1)
        }
        watch(listener)
    }

    /// Serves for ever.
    func run() -> Never {
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while true {
            let count = epoll_wait(queue, &events, 64, isAwake ? 0 : -1)
            // Not a slice: what a loop without end borrows, the compiler never gives back.
            for index in 0..<Int(max(0, count)) { answer(events[index].data.fd) }
        }
    }

    private func answer(_ descriptor: Int32) {
        if descriptor == listener {
            let client = accept(listener, nil, nil)
            var one: Int32 = 1
            setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
            return watch(client)
        }
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        guard count > 0 else {
            close(descriptor)
            return
        }
        let answer = buffer[0] == UInt8(ascii: "G") ? handshake : echo
        _ = send(descriptor, answer, answer.count, Int32(MSG_NOSIGNAL))
    }

    private func watch(_ descriptor: Int32) {
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: descriptor))
        epoll_ctl(queue, EPOLL_CTL_ADD, descriptor, &event)
    }
}

/// The address of a port on this machine.
func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    return address
}
