import COpenSSL
import CSockets

/// A certificate that nobody vouches for but its fingerprint: enough for a classroom, where the teacher can read it
/// out.
///
///     let certificate = try SelfSignedCertificate(hosts: ["localhost", "192.168.1.5"])
///     configuration.tls = certificate.configuration
///     print(certificate.fingerprint)
public struct SelfSignedCertificate: Sendable {
    /// The certificate in PEM.
    public let certificate: String
    /// The private key in PEM.
    public let key: String
    /// SHA-256 of the certificate, as browsers show it: `AB:CD:…`.
    public let fingerprint: String

    /// TLS with this certificate.
    public var configuration: TLSConfiguration { TLSConfiguration(.pem(certificate: certificate, key: key)) }

    /// Makes a P-256 key and a certificate for `hosts`, names or addresses, valid for so many days.
    public init(hosts: [String], days: Int = 365) throws(ServerError) {
        guard let key = copenssl_make_key(), let certificate = X509_new() else {
            throw .badCertificate("no key can be made")
        }
        defer {
            EVP_PKEY_free(key)
            X509_free(certificate)
        }
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), UInt64.random(in: 1...(.max >> 1)))
        // A day of grace for clocks that are behind.
        X509_gmtime_adj(X509_getm_notBefore(certificate), -86_400)
        X509_gmtime_adj(X509_getm_notAfter(certificate), days * 86_400)
        X509_set_pubkey(certificate, key)
        let name = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, hosts.first ?? "localhost", -1, -1, 0)
        X509_set_issuer_name(certificate, name)
        let names = hosts.map { (Self.isAddress($0) ? "IP:" : "DNS:") + $0 }.joined(separator: ",")
        for (kind, value) in [
            (NID_subject_alt_name, names), (NID_basic_constraints, "critical,CA:FALSE"),
            (NID_ext_key_usage, "serverAuth"),
        ] {
            guard let field = X509V3_EXT_conf_nid(nil, nil, kind, value) else {
                throw .badCertificate("a certificate cannot be made for \(names)")
            }
            X509_add_ext(certificate, field, -1)
            X509_EXTENSION_free(field)
        }
        guard X509_sign(certificate, key, EVP_sha256()) > 0 else { throw .badCertificate("signing failed") }
        self.certificate = Self.text { PEM_write_bio_X509($0, certificate) }
        self.key = Self.text { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
        fingerprint = Self.fingerprint(of: certificate)
    }

    private static func isAddress(_ host: String) -> Bool {
        var room = in6_addr()
        return inet_pton(AF_INET, host, &room) == 1 || inet_pton(AF_INET6, host, &room) == 1
    }

    private static func fingerprint(of certificate: OpaquePointer) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        X509_digest(certificate, EVP_sha256(), &digest, nil)
        return digest.map { ASCII.hex($0, uppercase: true) }.joined(separator: ":")
    }

    /// What `write` writes into memory.
    private static func text(_ write: (OpaquePointer?) -> Int32) -> String {
        let memory = BIO_new(BIO_s_mem())
        defer { BIO_free(memory) }
        _ = write(memory)
        let bytes = [UInt8](unsafeUninitializedCapacity: BIO_ctrl_pending(memory)) { buffer, count in
            count = Int(BIO_read(memory, buffer.baseAddress, Int32(buffer.count)))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
