/// Content that stays the same as long as the program runs: compressed once, sent often, and not sent again to whoever
/// has it.
public struct FixedContent: Sendable {
    private let plain: Representation
    private let gzip: Representation?

    /// `type` is the media type. Content that compression does not make smaller is sent as it is.
    public init(_ bytes: [UInt8], type: String) {
        let headers: Headers = ["Content-Type": type, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"]
        (plain, gzip) = Representation.all(of: bytes, headers, isCompressible: true)
    }

    /// The answer to a GET or HEAD, in the encoding that it prefers.
    public func response(to request: Request) -> Response {
        let wantsGzip = AcceptEncoding.prefersGzip(request.headers.values(of: "Accept-Encoding"))
        let chosen = wantsGzip ? gzip ?? plain : plain
        let conditions = Preconditions(request.headers, etag: chosen.etag, modified: nil)
        return chosen.response(to: conditions.verdict)
            ?? Response(.ok, headers: chosen.headers, body: .bytes(chosen.bytes))
    }
}
