import COpenSSL

/// Certificate, key and rules for the TLS sessions of a server.
///
/// TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only, no renegotiation, no compression; sessions
/// are resumed by ticket or by identifier.
// Sound: OpenSSL counts references to a context and locks what sessions change in it.
final class TLSContext: @unchecked Sendable {
    let context: OpaquePointer

    init(_ configuration: TLSConfiguration) throws(CertificateError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw Self.failure("cannot set up TLS") }
        self.context = context
        copenssl_configure(context)
        SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL")
        _ = copenssl_set_groups(context, "X25519:P-256:P-384")
        let name = Array("WebServer".utf8)
        SSL_CTX_set_session_id_context(context, name, UInt32(name.count))
        SSL_CTX_set_alpn_select_cb(context, Self.chooseProtocol, nil)
        SSL_CTX_set_default_passwd_cb(context, Self.knowNoPassphrase)
        try use(configuration.certificate)
    }

    /// Whether the certificate is for a server of this name (RFC 9525 §6.3).
    func isFor(_ name: String) -> Bool {
        guard let certificate = SSL_CTX_get0_certificate(context) else { return false }
        return X509_check_host(certificate, name, name.utf8.count, 0, nil) == 1
    }

    deinit { SSL_CTX_free(context) }

    private func use(_ certificate: TLSConfiguration.Certificate) throws(CertificateError) {
        switch certificate {
        case .files(let chain, let key):
            guard SSL_CTX_use_certificate_chain_file(context, chain) == 1 else {
                throw Self.failure("the certificate \(chain) cannot be used")
            }
            guard SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1 else {
                throw Self.failure(
                    "the private key \(key) cannot be used: it has to be PEM without a passphrase")
            }
        case .pem(let certificate, let key):
            guard let leaf = PEM.certificate(certificate) else {
                throw Self.failure("the certificate cannot be read")
            }
            defer { X509_free(leaf) }
            guard let secret = PEM.key(key) else {
                throw Self.failure("the private key cannot be read")
            }
            defer { EVP_PKEY_free(secret) }
            guard SSL_CTX_use_certificate(context, leaf) == 1, SSL_CTX_use_PrivateKey(context, secret) == 1
            else {
                throw Self.failure("the certificate or private key cannot be used")
            }
        }
        guard SSL_CTX_check_private_key(context) == 1 else {
            throw Self.failure("the private key does not belong to the certificate")
        }
    }

    /// An encrypted key is refused. OpenSSL would ask at the terminal, and a reload has the event loop wait for the answer.
    static let knowNoPassphrase:
        @convention(c) (
            UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?
        ) -> Int32 = { _, _, _, _ in -1 }

    /// Takes http/1.1 if the client offers it, and refuses a client that wants only something else (RFC 7301 §3.2).
    private static let chooseProtocol: SSL_CTX_alpn_select_cb_func = {
        _, chosen, chosenCount, offered, count, _ in
        guard let chosen, let chosenCount, let offered else { return SSL_TLSEXT_ERR_NOACK }
        var position = 0
        while position < Int(count) {
            let length = Int(offered[position])
            let name = UnsafeRawBufferPointer(start: offered + position + 1, count: length)
            if name.elementsEqual("http/1.1".utf8) {
                chosen.pointee = offered + position + 1
                chosenCount.pointee = UInt8(length)
                return SSL_TLSEXT_ERR_OK
            }
            position += 1 + length
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }

    private static func failure(_ text: String) -> CertificateError {
        var reason = [CChar](repeating: 0, count: 256)
        let code = ERR_get_error()
        guard code != 0 else { return CertificateError(text) }
        ERR_error_string_n(code, &reason, reason.count)
        let end = reason.firstIndex(of: 0) ?? reason.count
        let detail = String(decoding: reason[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return CertificateError("\(text) (\(detail))")
    }
}
