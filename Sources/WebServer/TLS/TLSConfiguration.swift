/// How TLS is spoken.
public struct TLSConfiguration: Sendable {
    /// Where the certificate comes from.
    public enum Certificate: Sendable {
        /// PEM files: the chain, the server's own certificate first, and its private key, which has no passphrase.
        case files(chain: String, key: String)
        /// PEM in memory, of a certificate that needs no chain.
        case pem(certificate: String, key: String)
    }

    /// Where the certificate comes from.
    public var certificate: Certificate
    /// How long browsers are told to insist on HTTPS (RFC 6797); nil for not at all.
    public var strictTransportSeconds: Int?

    /// TLS 1.2 and 1.3 with this certificate.
    public init(_ certificate: Certificate, strictTransportSeconds: Int? = nil) {
        self.certificate = certificate
        self.strictTransportSeconds = strictTransportSeconds
    }
}
