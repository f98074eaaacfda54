import CSockets
import Glibc
import Synchronization

/// Serves the files of a folder, from memory, and sees when they change.
///
/// GET and HEAD, with conditional requests, ranges and gzip. No path leads out of the folder: the system resolves it
/// beneath the folder's own descriptor. Files whose name begins with a dot are not served.
public final class StaticFiles: Sendable {
    private let root: Int32
    private let cacheControl: String
    private let cache = Mutex<[String: StaticFile]>([:])

    /// More entries than this, and the cache begins anew; real folders have fewer.
    private static let cacheLimit = 4096

    /// `root` must be a folder. By default browsers keep files but ask each time whether they have changed.
    public init(root: String, cacheControl: String = "no-cache") throws(UnreadableFolder) {
        self.root = Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard self.root >= 0 else { throw UnreadableFolder(path: root) }
        self.cacheControl = cacheControl
    }

    deinit { close(root) }

    /// Answers a request; for use in a route of your own.
    public func handler(_ request: Request, _ responder: Responder) { responder.send(response(to: request)) }

    /// The answer to `request`, as if it were for `path`, which is the request's own if nil.
    public func response(to request: Request, at path: String? = nil) -> Response {
        do throws(Refusal) {
            let path = try Self.relativePath(path ?? request.path)
            guard let file = try file(at: path) else {
                return .redirect(to: Self.folder(request))
            }
            if let refusal = Self.refusal(request.method) { return refusal }
            return try response(to: request, file, path)
        } catch {
            return error.response
        }
    }

    /// The folder that was asked for without its slash, relative to what was asked for: a proxy may have taken off a
    /// part of the path that the client has to keep. The dot keeps a colon from ending a scheme (RFC 3986 §4.2).
    private static func folder(_ request: Request) -> String {
        let name = request.path.split(separator: "/").last ?? ""
        return "./\(RequestTarget.percentEncoded(String(name)))/" + (request.rawQuery.map { "?" + $0 } ?? "")
    }

    /// The answer to a method that files do not have, or to a path that none has.
    func refusal(_ method: Method, at path: String) -> Response? {
        do throws(Refusal) {
            guard try file(at: Self.relativePath(path)) != nil else { return .notFound }
            return Self.refusal(method)
        } catch {
            return error.response
        }
    }

    private static func refusal(_ method: Method) -> Response? {
        switch method {
        case .get, .head: return nil
        case .options: return Response(.noContent, headers: ["Allow": "GET, HEAD, OPTIONS"])
        default:
            var response = Response.text("files can only be read\n", status: .methodNotAllowed)
            response.headers.add("Allow", "GET, HEAD, OPTIONS")
            return response
        }
    }

    private func response(
        to request: Request, _ file: StaticFile, _ path: String
    ) throws(Refusal) -> Response {
        // Compressed content has ranges of its own, which nobody means: whoever asks for a range gets plain bytes.
        let range = request.method == .get ? request.headers.single("Range") : nil
        var chosen = file.plain
        if range == nil, let gzip = file.gzip,
            AcceptEncoding.prefersGzip(request.headers.values(of: "Accept-Encoding"))
        {
            chosen = gzip
        }
        let conditions = Preconditions(request.headers, etag: chosen.etag, modified: file.lastModified)
        if let response = chosen.response(to: conditions.verdict) { return response }
        let length = file.isInMemory ? chosen.bytes.count : file.identity.size
        switch conditions.allowsRange ? ByteRanges(range, length: length) : .whole {
        case .whole:
            return Response(.ok, headers: chosen.headers, body: try body(file, chosen, path, 0..<length))
        case .unsatisfiable:
            var response = Response.text("no such range\n", status: .rangeNotSatisfiable)
            response.headers.add("Content-Range", "bytes */\(length)")
            return response
        case .parts(let parts):
            return try partial(file, chosen, path, parts, length)
        }
    }

    private func partial(
        _ file: StaticFile, _ chosen: Representation, _ path: String, _ parts: [Range<Int>],
        _ length: Int
    ) throws(Refusal) -> Response {
        var headers = chosen.headers
        if parts.count == 1 {
            let body = try body(file, chosen, path, parts[0])
            headers.add("Content-Range", Self.contentRange(parts[0], length))
            return Response(.partialContent, headers: headers, body: body)
        }
        // Several parts are put together in memory, so there is a limit to them.
        let total = parts.reduce(0) { $0 + $1.count }
        guard total <= StaticFile.memoryLimit, let bytes = try content(file, chosen, path, parts) else {
            return Response(.ok, headers: headers, body: try body(file, chosen, path, 0..<length))
        }
        // The entity tag is of the content, so the content cannot hold it but by design.
        let boundary = "part-" + chosen.etag.filter { $0 != "\"" }
        let type = headers["Content-Type"] ?? "application/octet-stream"
        var multipart: [UInt8] = []
        for (part, content) in zip(parts, bytes) {
            multipart += "--\(boundary)\r\nContent-Type: \(type)\r\n".utf8
            multipart += "Content-Range: \(Self.contentRange(part, length))\r\n\r\n".utf8
            multipart += content
            multipart += "\r\n".utf8
        }
        multipart += "--\(boundary)--\r\n".utf8
        headers["Content-Type"] = "multipart/byteranges; boundary=\(boundary)"
        return Response(.partialContent, headers: headers, body: .bytes(multipart))
    }

    private static func contentRange(_ range: Range<Int>, _ length: Int) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
    }

    private func body(
        _ file: StaticFile, _ chosen: Representation, _ path: String, _ range: Range<Int>
    ) throws(Refusal) -> Response.Body {
        if file.isInMemory {
            return range.count == chosen.bytes.count ? .bytes(chosen.bytes) : .slice(chosen.bytes, range)
        }
        return .file(FileSlice(descriptor: try open(path), start: range.lowerBound, count: range.count))
    }

    private func content(
        _ file: StaticFile, _ chosen: Representation, _ path: String, _ parts: [Range<Int>]
    ) throws(Refusal) -> [[UInt8]]? {
        if file.isInMemory { return parts.map { Array(chosen.bytes[$0]) } }
        let whole = FileSlice(descriptor: try open(path), start: 0, count: file.identity.size)
        let contents = parts.compactMap { whole.read(at: $0.lowerBound, count: $0.count) }
        return contents.count == parts.count ? contents : nil
    }

    // MARK: Finding

    /// Why there is no file to answer with.
    private struct Refusal: Error {
        let response: Response

        static let notFound = Refusal(response: .notFound)

        /// The file could not be opened. That too many others are open says nothing about this one.
        init(openingFailedWith code: Int32) {
            let isBusy = code == EMFILE || code == ENFILE || code == ENOMEM
            response = isBusy ? .tryAgainSoon("too many files are open") : .notFound
        }

        private init(response: Response) { self.response = response }
    }

    /// The path below the root, with index.html for a folder; refuses what is never served.
    private static func relativePath(_ path: String) throws(Refusal) -> String {
        guard path.utf8.first == UInt8(ascii: "/") else { throw .notFound }
        var previous = UInt8(ascii: "/")
        for byte in path.utf8.dropFirst() {
            let startsSegment = previous == UInt8(ascii: "/")
            if byte == 0 || byte == UInt8(ascii: "\\") { throw .notFound }
            if startsSegment, byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { throw .notFound }
            previous = byte
        }
        let relative = String(path.dropFirst())
        return previous == UInt8(ascii: "/") ? relative + "index.html" : relative
    }

    /// The file as it is now; nil for a folder. One stat tells whether the copy in memory still is: it cannot leak
    /// anything, since an identity that is known was reached beneath the root before.
    private func file(at path: String) throws(Refusal) -> StaticFile? {
        if let known = cache.withLock({ $0[path] }) {
            var status = stat()
            if fstatat(root, path, &status, 0) == 0, FileIdentity(status) == known.identity, !known.isRacy {
                return known
            }
        }
        let descriptor = try open(path)
        defer { close(descriptor) }
        guard let file = StaticFile(descriptor: descriptor, name: path, cacheControl: cacheControl) else {
            if Self.isFolder(descriptor) { return nil }
            throw .notFound
        }
        cache.withLock { cache in
            if cache.count >= Self.cacheLimit { cache.removeAll() }
            cache[path] = file
        }
        return file
    }

    /// Opens what lies at `path` beneath the root.
    private func open(_ path: String) throws(Refusal) -> Int32 {
        let descriptor = csockets_open_beneath(root, path)
        guard descriptor >= 0 else { throw Refusal(openingFailedWith: errno) }
        return descriptor
    }

    private static func isFolder(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
