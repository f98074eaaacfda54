/// Why a server, or a part of it, cannot start: one clear line each.
public enum ServerError: Error, CustomStringConvertible, Sendable {
    /// Another program listens there.
    case addressInUse(host: String, port: Int)
    /// The host is not a name or address of this machine.
    case unknownHost(String)
    /// The folder to be served cannot be read.
    case unreadableFolder(String)
    /// The certificate or key cannot be used.
    case badCertificate(String)
    /// A system call failed.
    case system(SystemError)

    /// The line to print.
    public var description: String {
        switch self {
        case .addressInUse(let host, let port): "port \(port) on \(host) is already in use"
        case .unknownHost(let host): "cannot listen on \(host): not an address of this machine"
        case .unreadableFolder(let path): "the folder \(path) cannot be read"
        case .badCertificate(let reason): "TLS: \(reason)"
        case .system(let error): error.description
        }
    }
}
