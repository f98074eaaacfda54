/// Why a server cannot start: one clear line each.
public enum ServerError: Error, CustomStringConvertible, Sendable {
    /// It cannot listen where it was told to.
    case listening(ListeningError)
    /// The certificate or key cannot be used.
    case certificate(CertificateError)
    /// A system call failed.
    case system(SystemError)

    /// The line to print.
    public var description: String {
        switch self {
        case .listening(let error): error.description
        case .certificate(let error): error.description
        case .system(let error): error.description
        }
    }
}
