import Glibc

/// A server's certificate that no public authority vouches for: it is issued by a small authority of the server's own,
/// which a device can be told to trust. Enough for a classroom, where the teacher can read the fingerprint out.
///
///     let certificate = try LocalCertificate(hosts: ["localhost", "192.168.1.5"], keptIn: "data/tls")
///     configuration.tls = certificate.configuration
///     print(certificate.fingerprint)
///
/// The authority may issue certificates for this machine's own names and `.local` alone, and for addresses: a device that
/// trusts it trusts it for no site on the web (name constraints, RFC 5280 §4.2.1.10).
public struct LocalCertificate: Sendable {
    /// What a device is told to trust, in PEM.
    public let authority: String
    /// SHA-256 of the server's certificate, as browsers show it: `AB:CD:…`.
    public let fingerprint: String
    private let server: Identity

    /// TLS with this certificate.
    public var configuration: TLSConfiguration {
        TLSConfiguration(.pem(certificate: server.certificate, key: server.key))
    }

    /// Days before its end in which a certificate is replaced.
    private static let reserve = 30
    /// Browsers take no certificate of a server that is valid for longer than 398 days.
    private static let days = 397
    private static let authorityDays = 3650

    /// A certificate for `hosts`, names or addresses. In a folder, which must exist, it is kept and found again: only new
    /// names and IPv4 addresses, or its end, make another necessary, which the same authority issues if it can.
    public init(hosts: [String], keptIn folder: String? = nil) throws(CertificateError) {
        let store = folder.map { IdentityFolder(path: $0) }
        let kept = try store?.read()
        if let (authority, server) = kept,
            server.isGood(for: Self.lasting(hosts), from: authority, Self.reserve)
        {
            try self.init(authority, server)
            return
        }
        if let authority = kept?.authority {
            let server = try Self.issue(hosts, by: authority)
            // Not if the authority comes to its end, or may not speak for a name that the machine has taken since.
            if server.isGood(for: hosts, from: authority, Self.reserve) {
                try store?.write(authority, server)
                try self.init(authority, server)
                return
            }
        }
        let authority = try Self.makeAuthority(for: hosts)
        let server = try Self.issue(hosts, by: authority)
        try store?.write(authority, server)
        try self.init(authority, server)
    }

    private init(_ authority: Identity, _ server: Identity) throws(CertificateError) {
        self.authority = authority.certificate
        self.server = server
        fingerprint = try server.fingerprint
    }

    /// The hosts without IPv6 addresses, of which a machine takes new ones every day (RFC 8981).
    private static func lasting(_ hosts: [String]) -> [String] {
        hosts.filter { IPAddress($0)?.isIPv4 ?? true }
    }

    private static func makeAuthority(for hosts: [String]) throws(CertificateError) -> Identity {
        let names = (hosts + LocalAddresses.ownNames + ["local"]).filter { IPAddress($0) == nil }
        let machine = names.first { $0 != "localhost" && $0 != "local" } ?? "localhost"
        return try Identity(
            subject: "Local authority of \(machine)", days: authorityDays,
            extensions: [
                (.basicConstraints, "critical,CA:TRUE,pathlen:0"),
                (.keyUsage, "critical,keyCertSign,cRLSign"),
                (.nameConstraints, "critical," + names.map { "permitted;DNS:\($0)" }.joined(separator: ",")),
                (.subjectKeyIdentifier, "hash"),
            ])
    }

    private static func issue(_ hosts: [String], by authority: Identity) throws(CertificateError) -> Identity
    {
        let names = hosts.map { (IPAddress($0) == nil ? "DNS:" : "IP:") + $0 }.joined(separator: ",")
        return try Identity(
            subject: hosts.first ?? "localhost", days: days,
            extensions: [
                (.basicConstraints, "critical,CA:FALSE"), (.keyUsage, "critical,digitalSignature"),
                (.extendedKeyUsage, "serverAuth"), (.subjectAlternativeName, names),
                (.authorityKeyIdentifier, "keyid"),
            ], issuer: authority)
    }
}

/// Where an authority and a server's identity are kept from one run to the next, readable to their owner alone.
private struct IdentityFolder {
    let path: String

    private static let names = (authority: "authority.pem", server: "server.pem")

    /// Nil unless both are there and whole.
    func read() throws(CertificateError) -> (authority: Identity, server: Identity)? {
        guard let authority = try read(Self.names.authority), let server = try read(Self.names.server) else {
            return nil
        }
        return (authority, server)
    }

    func write(_ authority: Identity, _ server: Identity) throws(CertificateError) {
        try write(authority, Self.names.authority)
        try write(server, Self.names.server)
    }

    private func read(_ name: String) throws(CertificateError) -> Identity? {
        let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("read", name)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size < 1 << 16,
            let bytes = FileSlice.read(descriptor, at: 0, count: Int(status.st_size))
        else { throw failure("read", name) }
        return Identity(pem: String(decoding: bytes, as: UTF8.self))
    }

    /// Takes the place of what is there at once or not at all.
    private func write(_ identity: Identity, _ name: String) throws(CertificateError) {
        let new = "\(path)/\(name).new"
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("written", name) }
        defer { close(descriptor) }
        let text = identity.certificate + identity.key
        guard Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count, fsync(descriptor) == 0,
            rename(new, "\(path)/\(name)") == 0
        else { throw failure("written", name) }
    }

    private func failure(_ what: String, _ name: String) -> CertificateError {
        CertificateError("\(path)/\(name) cannot be \(what): \(String(cString: strerror(errno)))")
    }
}
