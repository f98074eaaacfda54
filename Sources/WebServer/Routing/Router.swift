/// Which handler answers what.
///
///     var router = Router()
///     router.get("/hello/:name") { request, responder in
///         responder.send(.text("Hello, \(request.parameters["name"] ?? "")!\n"))
///     }
///     router.files(try StaticFiles(root: "Public"))
///
/// HEAD is answered by the GET handler, OPTIONS and 405 from the table (RFC 9110 §9.3).
public struct Router: Sendable {
    /// Answers a request, now or later; runs on an event loop, so it must not block.
    public typealias Handler = @Sendable (Request, Responder) -> Void
    /// Stands before handlers: answers a request itself, or calls the handler, perhaps with a responder that
    /// ``Responder/changing(_:)`` makes. Runs as handlers do, once the content is there.
    public typealias Middleware = @Sendable (Request, Responder, @escaping Handler) -> Void

    enum Route {
        /// The limit is in bytes of content; nil for the server's own.
        case handler(Handler, parameters: [String: String], limit: Int?)
        case webSocket(WebSocketRoute, parameters: [String: String])
        case files(StaticFiles)
        case response(Response)
    }

    private struct Endpoint: Sendable {
        var handlers: [Method: (handler: Handler, limit: Int?)] = [:]
        var webSocket: WebSocketRoute?

        var allow: String {
            var names = Set(handlers.keys.map(\.name) + ["OPTIONS"])
            if webSocket != nil { names.insert("GET") }
            if names.contains("GET") { names.insert("HEAD") }
            return names.sorted().joined(separator: ", ")
        }
    }

    private struct Group: Sendable {
        var prefix = ""
        var middleware: [Middleware] = []
        var limit: Int?

        /// `handler` with the middleware before it, the first outermost.
        func wrap(_ handler: @escaping Handler) -> Handler {
            middleware.reversed().reduce(handler) { next, middleware in
                { middleware($0, $1, next) }
            }
        }
    }

    private struct Pattern: Sendable {
        let segments: [Substring]
        var endpoint: Endpoint

        func match(_ path: [Substring]) -> [String: String]? {
            var (segments, path) = (segments[...], path[...])
            var parameters: [String: String] = [:]
            if let last = segments.last, last.first == "*" {
                segments.removeLast()
                guard path.count > segments.count else { return nil }
                parameters[String(last.dropFirst())] = path.dropFirst(segments.count).joined(separator: "/")
                path = path.prefix(segments.count)
            }
            guard path.count == segments.count else { return nil }
            for (segment, part) in zip(segments, path) {
                if segment.first == ":" {
                    guard !part.isEmpty else { return nil }
                    parameters[String(segment.dropFirst())] = String(part)
                } else if segment != part {
                    return nil
                }
            }
            return parameters
        }
    }

    private var exact: [String: Endpoint] = [:]
    private var patterns: [Pattern] = []
    private var staticFiles: StaticFiles?
    /// What the routes that are added now share.
    private var group = Group()

    /// A router that answers 404 to everything.
    public init() {}

    /// Has `handler` answer `method` requests for `pattern`, in which a segment `:name` matches any one segment, and a last
    /// segment `*name` all that follow.
    ///
    /// - Parameter limit: Bytes of content, 413 beyond; the server's `limits.body` if nil.
    public mutating func on(
        _ method: Method, _ pattern: String, limit: Int? = nil, _ handler: @escaping Handler
    ) {
        let group = group
        edit(pattern) { $0.handlers[method] = (group.wrap(handler), limit ?? group.limit) }
    }

    /// Has `handler` answer GET (and HEAD).
    public mutating func get(_ pattern: String, _ handler: @escaping Handler) { on(.get, pattern, handler) }

    /// Has `handler` answer POST, with at most `limit` bytes of content.
    public mutating func post(_ pattern: String, limit: Int? = nil, _ handler: @escaping Handler) {
        on(.post, pattern, limit: limit, handler)
    }

    /// Has `handler` answer PUT, with at most `limit` bytes of content.
    public mutating func put(_ pattern: String, limit: Int? = nil, _ handler: @escaping Handler) {
        on(.put, pattern, limit: limit, handler)
    }

    /// Has `handler` answer DELETE.
    public mutating func delete(_ pattern: String, _ handler: @escaping Handler) {
        on(.delete, pattern, handler)
    }

    /// Accepts WebSockets at `pattern`; `accept` makes the handler of each, on the event loop that has the connection.
    ///
    /// A GET that does not ask for one goes to the handler that `get` sets for the same pattern, or is told with 426
    /// what this address is for. Whoever may not stay is turned away with `close` when the handler is `opened`.
    public mutating func webSocket(
        _ pattern: String, options: WebSocketOptions = .init(),
        accept: @escaping @Sendable (Request, WebSocket) -> any WebSocketHandler
    ) {
        options.check()
        precondition(
            group.middleware.isEmpty, "middleware does not see WebSockets: add them outside of the group")
        edit(pattern) { $0.webSocket = WebSocketRoute(options: options, accept: accept) }
    }

    /// Serves `files` wherever nothing else matches.
    public mutating func files(_ files: StaticFiles) { staticFiles = files }

    /// Adds routes that share the beginning of their path, middleware, and a limit on content.
    ///
    ///     router.group("/api/notes", middleware: [signedIn]) { notes in
    ///         notes.get("") { … }        // GET /api/notes, after `signedIn`
    ///         notes.get("/:id") { … }    // GET /api/notes/:id, after `signedIn`
    ///     }
    ///
    /// In a group within a group, the outer middleware comes first. WebSockets cannot be added behind middleware.
    ///
    /// - Parameters:
    ///   - prefix: Put before every pattern; begins with a slash and does not end in one, or is empty.
    ///   - middleware: The first is called first.
    ///   - limit: Bytes of content for routes without a limit of their own; the enclosing group's if nil.
    ///   - addRoutes: Adds the routes to the router that it is given.
    public mutating func group(
        _ prefix: String = "", middleware: [Middleware] = [], limit: Int? = nil,
        _ addRoutes: (inout Router) -> Void
    ) {
        let outer = group
        group.prefix += prefix
        group.middleware += middleware
        group.limit = limit ?? outer.limit
        addRoutes(&self)
        group = outer
    }

    private mutating func edit(_ pattern: String, _ change: (inout Endpoint) -> Void) {
        let pattern = group.prefix + pattern
        precondition(pattern.first == "/", "a route begins with a slash")
        let segments = Self.segments(pattern)
        if !segments.contains(where: { $0.first == ":" || $0.first == "*" }) {
            change(&exact[pattern, default: Endpoint()])
        } else if let index = patterns.firstIndex(where: { $0.segments == segments }) {
            change(&patterns[index].endpoint)
        } else {
            var endpoint = Endpoint()
            change(&endpoint)
            patterns.append(Pattern(segments: segments, endpoint: endpoint))
        }
    }

    private static func segments(_ path: String) -> [Substring] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }

    // MARK: Looking up

    /// What answers `method` on `path`; `isUpgrade` tells whether the client would like to speak WebSocket.
    func route(
        _ method: Method, _ path: String, isUpgrade: @autoclosure () -> Bool = false
    ) -> Route {
        if case .other = method { return .response(.text("unknown method\n", status: .notImplemented)) }
        if method == .connect { return .response(.text("this is not a proxy\n", status: .notImplemented)) }
        if path == "*" { return .response(Response(.noContent, headers: ["Allow": "GET, HEAD, OPTIONS"])) }
        if let endpoint = exact[path] { return route(method, endpoint, [:], isUpgrade()) }
        if !patterns.isEmpty {
            let segments = Self.segments(path)
            for pattern in patterns {
                if let parameters = pattern.match(segments) {
                    return route(method, pattern.endpoint, parameters, isUpgrade())
                }
            }
        }
        return staticFiles.map { .files($0) } ?? .response(.notFound)
    }

    private func route(
        _ method: Method, _ endpoint: Endpoint, _ parameters: [String: String],
        _ isUpgrade: @autoclosure () -> Bool
    ) -> Route {
        let found = endpoint.handlers[method] ?? (method == .head ? endpoint.handlers[.get] : nil)
        if let webSocket = endpoint.webSocket, method == .get || method == .head {
            if found == nil || method == .get && isUpgrade() {
                return .webSocket(webSocket, parameters: parameters)
            }
        }
        if let found { return .handler(found.handler, parameters: parameters, limit: found.limit) }
        if method == .options { return .response(Response(.noContent, headers: ["Allow": endpoint.allow])) }
        var response = Response.text("method not allowed\n", status: .methodNotAllowed)
        response.headers.add("Allow", endpoint.allow)
        return .response(response)
    }
}
