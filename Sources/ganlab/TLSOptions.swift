import ArgumentParser
import WebServer

/// How `serve` speaks TLS, if at all.
struct TLSOptions: ParsableArguments {
    @Option(help: "A PEM file with the certificate chain, the server's own first. Read again on SIGHUP.")
    var tlsCert: String?

    @Option(help: "A PEM file with the certificate's private key.")
    var tlsKey: String?

    @Flag(help: "Speak TLS with a certificate made for this run; its fingerprint is printed.")
    var tlsSelfSigned = false

    @Option(help: "One more port, where whoever asks for plain HTTP is sent to HTTPS, as on the other port.")
    var redirectPort: UInt16?

    /// Thirty days: long enough to matter, short enough for a host that later goes back to HTTP.
    private static let strictTransportSeconds = 30 * 86_400

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together.")
        }
        guard tlsCert == nil || !tlsSelfSigned else {
            throw ValidationError("Choose either --tls-cert and --tls-key or --tls-self-signed.")
        }
        guard redirectPort == nil || tlsCert != nil || tlsSelfSigned else {
            throw ValidationError("--redirect-port needs --tls-cert and --tls-key or --tls-self-signed.")
        }
    }

    /// The configuration, and the fingerprint that a person should see.
    func configuration(host: String) throws(ServerError) -> (TLSConfiguration, fingerprint: String?)? {
        if let tlsCert, let tlsKey {
            let configuration = TLSConfiguration(
                .files(chain: tlsCert, key: tlsKey), strictTransportSeconds: Self.strictTransportSeconds)
            return (configuration, nil)
        }
        guard tlsSelfSigned else { return nil }
        // No word to browsers to insist on HTTPS: they would no longer let anybody past their warning.
        let certificate = try SelfSignedCertificate(hosts: LocalAddresses.names(forHost: host))
        return (certificate.configuration, certificate.fingerprint)
    }
}
