/// Why a certificate or its key cannot be used, made or kept.
public struct CertificateError: Error, CustomStringConvertible, Sendable {
    /// What is wrong with it.
    public let reason: String

    init(_ reason: String) { self.reason = reason }

    /// The line to print.
    public var description: String { "TLS: \(reason)" }
}
