/// Why nobody can be listened to there.
public enum ListeningError: Error, CustomStringConvertible, Sendable {
    /// Another program listens there.
    case addressInUse(host: String, port: Int)
    /// The host is not a name or address of this machine.
    case unknownHost(String)
    /// A system call failed.
    case system(SystemError)

    /// The line to print.
    public var description: String {
        switch self {
        case .addressInUse(let host, let port): "port \(port) on \(host) is already in use"
        case .unknownHost(let host): "cannot listen on \(host): not an address of this machine"
        case .system(let error): error.description
        }
    }
}
