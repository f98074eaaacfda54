import COpenSSL

/// One form in which some content can be sent (RFC 9110 §3.2), with a strong entity tag of its own.
struct Representation: Sendable {
    let headers: Headers
    let etag: String
    let bytes: [UInt8]

    init(_ headers: Headers, tag: String, bytes: [UInt8]) {
        etag = "\"\(tag)\""
        var headers = headers
        headers.add("ETag", etag)
        self.headers = headers
        self.bytes = bytes
    }

    /// `bytes` as they are and, if that is smaller, compressed.
    static func all(
        of bytes: [UInt8], _ headers: Headers, isCompressible: Bool
    ) -> (plain: Representation, gzip: Representation?) {
        let tag = digest(bytes)
        let plain = Representation(headers, tag: tag, bytes: bytes)
        guard isCompressible, bytes.count >= 256 else { return (plain, nil) }
        let compressed = Gzip.compress(bytes)
        guard compressed.count < bytes.count else { return (plain, nil) }
        var headers = headers
        headers.add("Content-Encoding", "gzip")
        return (plain, Representation(headers, tag: tag + "-gzip", bytes: compressed))
    }

    /// What is answered in place of the content where the request's conditions say so.
    func response(to verdict: Preconditions.Verdict) -> Response? {
        switch verdict {
        case .proceed: return nil
        case .failed: return .text("the content is not as expected\n", status: .preconditionFailed)
        case .notModified:
            // The tag says all that a cache has to know (RFC 9110 §15.4.5).
            var headers = headers
            for name in ["Content-Type", "Content-Encoding", "Last-Modified"] { headers.remove(name) }
            return Response(.notModified, headers: headers)
        }
    }

    /// Half of SHA-256 in hexadecimal: equal tags mean equal content, which is what a strong tag promises.
    private static func digest(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil)
        return digest[..<16].map { ASCII.hex($0) }.joined()
    }
}
