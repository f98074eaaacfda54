import ArgumentParser
import Lab
import WebServer

/// How `serve` speaks TLS, if at all.
struct TLSOptions: ParsableArguments {
    @Option(help: "A PEM file with the certificate chain, the server's own first. Read again on SIGHUP.")
    var tlsCert: String?

    @Option(help: "A PEM file with the certificate's private key.")
    var tlsKey: String?

    @Flag(
        help:
            "Speak TLS with a certificate made here and kept in --data-dir; its fingerprint is printed, and a device can be told to trust it."
    )
    var tlsSelfSigned = false

    @Option(help: "One more port, where whoever asks for plain HTTP is sent to HTTPS, as on the other port.")
    var redirectPort: UInt16?

    @Flag(help: "Have browsers insist on HTTPS for thirty days, on every port of this host.")
    var hsts = false

    /// Thirty days: long enough to matter, short enough for a host that later goes back to HTTP.
    private static let strictTransportSeconds = 30 * 86_400

    private var isOn: Bool { tlsCert != nil || tlsSelfSigned }

    func validate() throws {
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-cert and --tls-key belong together.")
        }
        guard tlsCert == nil || !tlsSelfSigned else {
            throw ValidationError("Choose either --tls-cert and --tls-key or --tls-self-signed.")
        }
        guard isOn || redirectPort == nil && !hsts else {
            throw ValidationError(
                "--redirect-port and --hsts need --tls-cert and --tls-key or --tls-self-signed.")
        }
    }

    /// Sets TLS up; returns the certificate if it is one made here.
    func apply(to configuration: inout LabServer.Configuration) throws -> LocalCertificate? {
        configuration.server.redirectPort = redirectPort.map(Int.init)
        var local: LocalCertificate?
        if let tlsCert, let tlsKey {
            configuration.server.tls = TLSConfiguration(.files(chain: tlsCert, key: tlsKey))
        } else if tlsSelfSigned {
            let made = try localCertificate(configuration)
            configuration.server.tls = made.configuration
            configuration.authority = made.authority
            local = made
        }
        if hsts { configuration.server.tls?.strictTransportSeconds = Self.strictTransportSeconds }
        return local
    }

    private func localCertificate(_ configuration: LabServer.Configuration) throws -> LocalCertificate {
        let hosts = LocalAddresses.names(forHost: configuration.server.host)
        guard let dataFolder = configuration.dataFolder else { return try LocalCertificate(hosts: hosts) }
        let folder = "\(dataFolder)/tls"
        try DataFolder.create(folder)
        return try LocalCertificate(hosts: hosts, keptIn: folder)
    }
}
