import COpenSSL
import Glibc

/// A certificate and its private key, both in PEM.
struct Identity: Sendable {
    let certificate: String
    let key: String

    /// Parts of a certificate that say what it is for, by OpenSSL's numbers.
    enum Extension {
        case basicConstraints, keyUsage, extendedKeyUsage, subjectAlternativeName, nameConstraints
        case subjectKeyIdentifier, authorityKeyIdentifier

        fileprivate var number: Int32 {
            switch self {
            case .basicConstraints: NID_basic_constraints
            case .keyUsage: NID_key_usage
            case .extendedKeyUsage: NID_ext_key_usage
            case .subjectAlternativeName: NID_subject_alt_name
            case .nameConstraints: NID_name_constraints
            case .subjectKeyIdentifier: NID_subject_key_identifier
            case .authorityKeyIdentifier: NID_authority_key_identifier
            }
        }
    }

    /// What a file holds, in any order; nil unless that is a certificate and a key without a passphrase.
    init?(pem: String) {
        guard let certificate = PEM.certificate(pem), let key = PEM.key(pem) else { return nil }
        defer {
            X509_free(certificate)
            EVP_PKEY_free(key)
        }
        self.init(certificate, key)
    }

    private init(_ certificate: OpaquePointer, _ key: OpaquePointer) {
        self.certificate = PEM.text { PEM_write_bio_X509($0, certificate) }
        self.key = PEM.text { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
    }

    /// Makes a P-256 key and a certificate for it, valid for so many days, which `issuer` or else it itself signs.
    init(
        subject: String, days: Int, extensions: [(kind: Extension, value: String)], issuer: Identity? = nil
    ) throws(CertificateError) {
        guard let key = copenssl_make_key(), let certificate = X509_new() else {
            throw CertificateError("no key can be made")
        }
        defer {
            EVP_PKEY_free(key)
            X509_free(certificate)
        }
        let issuerCertificate = issuer.flatMap { PEM.certificate($0.certificate) }
        let issuerKey = issuer.flatMap { PEM.key($0.key) }
        defer {
            X509_free(issuerCertificate)
            EVP_PKEY_free(issuerKey)
        }
        guard issuer == nil || issuerCertificate != nil && issuerKey != nil else {
            throw CertificateError("the authority's certificate or key cannot be read")
        }
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), UInt64.random(in: 1...(.max >> 1)))
        // A day of grace for clocks that are behind.
        X509_gmtime_adj(X509_getm_notBefore(certificate), -86_400)
        X509_gmtime_adj(X509_getm_notAfter(certificate), days * 86_400)
        X509_set_pubkey(certificate, key)
        let name = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, subject, -1, -1, 0)
        X509_set_issuer_name(certificate, issuerCertificate.map { X509_get_subject_name($0) } ?? name)
        var context = v3_ext_ctx()
        X509V3_set_ctx(&context, issuerCertificate ?? certificate, certificate, nil, nil, 0)
        for (kind, value) in extensions {
            guard let field = X509V3_EXT_conf_nid(nil, &context, kind.number, value) else {
                throw CertificateError("a certificate cannot be made for \(value)")
            }
            X509_add_ext(certificate, field, -1)
            X509_EXTENSION_free(field)
        }
        guard X509_sign(certificate, issuerKey ?? key, EVP_sha256()) > 0 else {
            throw CertificateError("signing failed")
        }
        self.init(certificate, key)
    }

    /// SHA-256 of the certificate, as browsers show it: `AB:CD:…`.
    var fingerprint: String {
        get throws(CertificateError) {
            guard let certificate = PEM.certificate(certificate) else {
                throw CertificateError("the certificate cannot be read")
            }
            defer { X509_free(certificate) }
            var digest = [UInt8](repeating: 0, count: 32)
            X509_digest(certificate, EVP_sha256(), &digest, nil)
            return digest.map { ASCII.hex($0, uppercase: true) }.joined(separator: ":")
        }
    }

    /// Whether whoever trusts `authority` takes this for a server of each of these names and addresses, still in so many
    /// days.
    func isGood(for hosts: [String], from authority: Identity, _ days: Int) -> Bool {
        guard let certificate = PEM.certificate(certificate), let key = PEM.key(key),
            let root = PEM.certificate(authority.certificate), let context = X509_STORE_CTX_new(),
            let store = X509_STORE_new()
        else { return false }
        defer {
            X509_free(certificate)
            EVP_PKEY_free(key)
            X509_free(root)
            X509_STORE_CTX_free(context)
            X509_STORE_free(store)
        }
        guard X509_STORE_add_cert(store, root) == 1,
            X509_STORE_CTX_init(context, store, certificate, nil) == 1
        else { return false }
        X509_STORE_CTX_set_time(context, 0, time(nil) + days * 86_400)
        return X509_verify_cert(context) == 1 && X509_check_private_key(certificate, key) == 1
            && hosts.allSatisfy { host in
                IPAddress(host) == nil
                    ? X509_check_host(certificate, host, host.utf8.count, 0, nil) == 1
                    : X509_check_ip_asc(certificate, host, 0) == 1
            }
    }
}

/// OpenSSL's objects from and to PEM text (RFC 7468).
enum PEM {
    /// To be freed; nil if there is none.
    static func certificate(_ text: String) -> OpaquePointer? {
        read(text) { PEM_read_bio_X509($0, nil, nil, nil) }
    }

    /// To be freed; nil if there is none, or only one with a passphrase: OpenSSL would ask for it at the terminal, and have
    /// an event loop wait for the answer.
    static func key(_ text: String) -> OpaquePointer? {
        read(text) { PEM_read_bio_PrivateKey($0, nil, TLSContext.knowNoPassphrase, nil) }
    }

    /// Reads from memory, which OpenSSL does not copy.
    private static func read(_ text: String, _ body: (OpaquePointer?) -> OpaquePointer?) -> OpaquePointer? {
        Array(text.utf8).withUnsafeBytes { bytes in
            let memory = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
            defer { BIO_free(memory) }
            return body(memory)
        }
    }

    /// What `write` writes into memory.
    static func text(_ write: (OpaquePointer?) -> Int32) -> String {
        let memory = BIO_new(BIO_s_mem())
        defer { BIO_free(memory) }
        _ = write(memory)
        let bytes = [UInt8](unsafeUninitializedCapacity: BIO_ctrl_pending(memory)) { buffer, count in
            count = Int(BIO_read(memory, buffer.baseAddress, Int32(buffer.count)))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
