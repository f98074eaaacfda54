/// Content that stays the same as long as the program runs: compressed once, sent often.
public struct FixedContent: Sendable {
    private let plain: Response
    private let gzip: Response?

    /// `type` is the media type. Content that compression does not make smaller is sent as it is.
    public init(_ bytes: [UInt8], type: String) {
        let headers: Headers = ["Content-Type": type, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"]
        plain = Response(.ok, headers: headers, body: .bytes(bytes))
        let compressed = Gzip.compress(bytes)
        var encoded = headers
        encoded.add("Content-Encoding", "gzip")
        gzip =
            compressed.count < bytes.count
            ? Response(.ok, headers: encoded, body: .bytes(compressed)) : nil
    }

    /// The answer to `request`, in the encoding that it prefers.
    public func response(to request: Request) -> Response {
        let wantsGzip = AcceptEncoding.prefersGzip(request.headers.values(of: "Accept-Encoding"))
        return wantsGzip ? gzip ?? plain : plain
    }
}
