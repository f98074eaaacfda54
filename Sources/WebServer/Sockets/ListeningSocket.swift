import CSockets
import Glibc

/// A TCP socket that waits for connections.
struct ListeningSocket: ~Copyable {
    let descriptor: Descriptor
    /// The port, also if the system chose it.
    let port: Int

    /// Listens on the first address that `host` stands for.
    init(host: String, port: Int) throws(ListeningError) {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &list) == 0, let address = list?.pointee else {
            throw .unknownHost(host)
        }
        defer { freeaddrinfo(list) }
        let socket = csockets_stream_socket(address.ai_family)
        guard socket >= 0 else { throw .system(SystemError("socket")) }
        var one: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, 4)
        guard bind(socket, address.ai_addr, address.ai_addrlen) == 0, listen(socket, 4096) == 0 else {
            let error = SystemError("bind")
            close(socket)
            switch error.code {
            case EADDRINUSE: throw .addressInUse(host: host, port: port)
            case EADDRNOTAVAIL: throw .unknownHost(host)
            default: throw .system(error)
            }
        }
        do { descriptor = try Descriptor(socket, from: "socket") } catch { throw .system(error) }
        self.port = SocketAddress.port(ofSocket: socket)
    }
}
