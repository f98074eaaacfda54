/// HTTP/1.1 on one connection: one request at a time, in order, however many were pipelined.
final class HTTPConnection: ConnectionDriver {
    private enum Phase {
        case reading
        /// A handler has the request.
        case responding
        case done
    }

    /// What the deadline now set is for.
    private enum Waiting {
        case idle
        case head
        case body
        case handler
    }

    private let connection: Connection
    private let worker: ServerWorker
    private let peer: Peer
    private var parser: RequestParser
    private var phase = Phase.reading
    private var waiting = Waiting.idle
    private var head = RequestHead()
    private var target: RequestTarget?
    /// Where that is below the base path.
    private var path = ""
    /// What answers the request under way.
    private var route = Router.Route.response(.notFound)
    /// The host that was last asked for and is a name of this server.
    private var knownHost = ""
    private var body: [UInt8] = []
    /// How much of `body` had come when the deadline was last set for it.
    private var timed = 0
    private var exchange = 0
    private var started: UInt64 = 0
    private var isStopping = false
    private lazy var responses = ResponseRelay(loop: connection.loop, token: connection.token)

    /// So much content has the time of `timeouts.body`: a long upload through a slow line is no attack.
    private static let timedPiece = 1 << 16

    /// A server with a certificate answers in plain text only where to go.
    private var redirectsToHTTPS: Bool { worker.tls != nil && !connection.isSecure }

    init(_ connection: Connection, of worker: ServerWorker) {
        self.connection = connection
        self.worker = worker
        peer = Peer(connection.remoteAddress, proxies: worker.configuration.access.trustedProxies)
        parser = RequestParser(limits: worker.configuration.limits.request)
    }

    /// Gives the first request its time.
    func begin() { connection.setDeadline(after: worker.configuration.timeouts.head) }

    // MARK: ConnectionDriver

    func receive(_ bytes: UnsafeMutableRawBufferPointer) -> Int {
        let input = UnsafeRawBufferPointer(bytes)
        var position = 0
        do {
            while case .reading = phase, !connection.isCongested,
                let event = try parser.next(in: input, from: &position)
            {
                switch event {
                case .head(let head): try begin(head)
                case .body(let range): body.append(contentsOf: input[range])
                case .end(let trailers): dispatch(trailers)
                }
            }
        } catch {
            refuse(error)
            return bytes.count
        }
        updateDeadline()
        return position
    }

    func peerEnded() {
        // A client may close its side once it has asked; it still gets its answer.
        guard case .reading = phase else { return }
        guard parser.isInsideRequest else { return connection.finish(lingers: false) }
        refuse(.badRequest("the request ends before it is complete"))
    }

    func notified() {}

    func wrote() {}

    func expired() {
        switch waiting {
        case .idle: connection.close()
        case .head where !parser.isInsideRequest: connection.close()
        case .head, .body: refuse(HTTPError(.requestTimeout, "the request did not arrive in time"))
        case .handler: break
        }
    }

    func stop() {
        isStopping = true
        head.keepsAlive = false
        if case .reading = phase, !parser.isInsideRequest { connection.finish(lingers: false) }
    }

    func closed() { phase = .done }

    // MARK: Requests

    private func begin(_ head: RequestHead) throws(HTTPError) {
        self.head = head
        if isStopping { self.head.keepsAlive = false }
        started = EventLoop.clock()
        let target = try RequestTarget(head.target, method: head.method)
        self.target = target
        guard !target.isHTTPS || connection.isSecure else {
            throw HTTPError(.misdirectedRequest, "what is asked for by an https URI is sent through TLS only")
        }
        if head.hasUnknownExpectation {
            throw HTTPError(.expectationFailed, "the only expectation is 100-continue")
        }
        route = decide(head, target)
        guard head.framing != .none, head.framing != .length(0) else { return }
        // Better to say no before the content is sent than after, and without reading it.
        if let refusal = refusalOfContent(head.method) {
            self.head.keepsAlive = false
            phase = .responding
            exchange += 1
            return respond(refusal, to: exchange)
        }
        try parser.limitContent(to: contentLimit)
        if head.expectsContinue {
            connection.output.append { $0.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8) }
        }
    }

    /// What answers a request, as far as its head tells.
    private func decide(_ head: RequestHead, _ target: RequestTarget) -> Router.Route {
        let host = target.authority ?? head.host
        if let refusal = refusal(of: head, host) { return .response(response(to: refusal)) }
        if redirectsToHTTPS { return .response(worker.secureRedirect(to: target, host: host)) }
        let base = worker.configuration.basePath
        guard let below = target.path(below: base) else {
            let isAbove = target.path == "/" || target.path == base
            return .response(isAbove ? .redirect(to: Self.folder(base, seenFrom: target.path)) : .notFound)
        }
        path = below
        return worker.router.route(
            head.method, path, isUpgrade: WebSocketHandshake.isAsked(in: head.headers))
    }

    /// Where the base path is, for a client that asked for the root or for the base path without its slash.
    private static func folder(_ base: String, seenFrom path: String) -> String {
        let relative = path == "/" ? base.dropFirst() : base[base.index(after: base.lastIndex(of: "/")!)...]
        return "./\(RequestTarget.percentEncoded(String(relative)))/"
    }

    /// Why the access policy turns a request away.
    private func refusal(of head: RequestHead, _ host: String) -> AccessRefusal? {
        if host != knownHost {
            let certificate = connection.isSecure ? worker.tls : nil
            let isAccepted = worker.configuration.access.accepts(host: host, from: peer) { name in
                certificate?.isFor(name) == true
            }
            guard isAccepted else { return .host(host) }
            knownHost = host
        }
        guard !head.method.isSafe || WebSocketHandshake.isAsked(in: head.headers) else { return nil }
        return worker.configuration.access.refusal(
            ofWriting: head.headers, to: host, isSecure: connection.isSecure, from: peer)
    }

    private func response(to refusal: AccessRefusal) -> Response {
        let sentences = [refusal.description, worker.configuration.access.remedy(refusal)].compactMap(\.self)
        let text = sentences.joined(separator: " ")
        worker.warn(text, from: clientAddress)
        return .text(text + "\n", status: refusal.status)
    }

    /// The answer if it is already certain that nobody takes the content of a request.
    private func refusalOfContent(_ method: Method) -> Response? {
        switch route {
        case .response(let response): response
        case .files(let files): files.refusal(method, at: path)
        case .handler, .webSocket: nil
        }
    }

    private var contentLimit: Int {
        if case .handler(_, _, let limit?) = route { limit } else { worker.configuration.limits.body }
    }

    private func dispatch(_ trailers: Headers) {
        guard let target else { return }
        phase = .responding
        exchange += 1
        var request = Request(
            method: head.method, target: head.target, path: path, headers: head.headers,
            remoteAddress: peer.address, clientAddress: clientAddress,
            isSecure: connection.isSecure,
            rawQuery: target.query, host: target.authority ?? head.host)
        if !body.isEmpty { swap(&request.body, &body) }
        if !trailers.isEmpty { request.trailers = trailers }
        switch route {
        case .response(let response): respond(response, to: exchange)
        case .files(let files): respond(files.response(to: request), to: exchange)
        case .handler(let handler, let parameters, _):
            request.parameters = parameters
            handler(request, Responder(responses, exchange: exchange))
        case .webSocket(let route, let parameters):
            request.parameters = parameters
            upgrade(request, route)
        }
    }

    /// Queues the answer to request number `exchange`, unless that has been answered already.
    func respond(_ response: Response, to exchange: Int) {
        guard case .responding = phase, exchange == self.exchange else { return }
        writeHead(of: response, keepsAlive: head.keepsAlive)
        let hasContent = head.method != .head && response.status.allowsContent
        if hasContent { append(response.body) }
        answered(response.status, bytes: hasContent ? response.body.count : 0)
        if head.keepsAlive {
            phase = .reading
            waiting = .idle
            connection.setDeadline(after: worker.configuration.timeouts.idle)
            connection.outputAdded()
        } else {
            phase = .done
            connection.finish(lingers: true)
        }
    }

    private func writeHead(of response: Response, keepsAlive: Bool) {
        let options = ResponseSerialiser.Options(
            keepsAlive: keepsAlive, minorVersion: head.minorVersion, isSecure: connection.isSecure)
        connection.output.append { worker.serialiser.writeHead(response, options, to: &$0) }
    }

    private func append(_ body: Response.Body) {
        switch body {
        case .bytes(let bytes): connection.output.append(bytes)
        case .slice(let bytes, let range):
            connection.output.append(bytes, from: range.lowerBound, to: range.upperBound)
        case .file(let file): connection.output.append(file)
        }
    }

    /// Says why the request is not understood, and closes.
    private func refuse(_ error: HTTPError) {
        guard case .reading = phase else { return }
        if started == 0 || parser.isInsideHead { started = connection.now }
        // What is known of it, for the log; nothing if its first line is what is wrong.
        head.method = parser.head.method
        head.target = parser.head.target
        head.headers = parser.head.headers
        let response = Response.text(error.reason + "\n", status: error.status)
        writeHead(of: response, keepsAlive: false)
        if !parser.isHead { append(response.body) }
        answered(error.status, bytes: parser.isHead ? 0 : response.body.count)
        phase = .done
        connection.finish(lingers: true)
    }

    private func upgrade(_ request: Request, _ route: WebSocketRoute) {
        switch WebSocketHandshake(request, minorVersion: head.minorVersion, options: route.options).outcome {
        case .refused(let response): respond(response, to: exchange)
        case .accepted where !worker.registry.admitWebSocket(of: request.clientAddress):
            respond(Self.webSocketShareUsed, to: exchange)
        case .accepted(let response, let agreement):
            writeHead(of: response, keepsAlive: true)
            answered(response.status, bytes: 0)
            phase = .done
            let driver = WebSocketConnection(
                connection, of: worker, client: request.clientAddress, agreement: agreement,
                options: route.options)
            connection.upgrade(to: driver)
            driver.open(request, route)
            if isStopping { driver.stop() }
        }
    }

    private static var webSocketShareUsed: Response {
        var response = Response.text(
            "Your address has as many WebSockets open as one may have while others need some. "
                + "Close some, or try again in a few minutes.\n", status: .tooManyRequests)
        response.headers.add("Retry-After", "60")
        return response
    }

    /// Of the request under way.
    private var clientAddress: String {
        peer.client(head.headers, proxies: worker.configuration.access.trustedProxies)
    }

    private func answered(_ status: Status, bytes: Int) {
        worker.log(
            AccessRecord(
                method: head.method.name, target: head.target, status: status.code, bytes: bytes,
                nanoseconds: EventLoop.clock() - started, clientAddress: clientAddress))
    }

    private func updateDeadline() {
        let timeouts = worker.configuration.timeouts
        switch phase {
        case .reading where !parser.isInsideRequest: break
        case .reading:
            let inHead = parser.isInsideHead
            if inHead, waiting == .idle {
                waiting = .head
                connection.setDeadline(after: timeouts.head)
            } else if !inHead, waiting != .body || body.count - timed >= Self.timedPiece {
                waiting = .body
                timed = body.count
                connection.setDeadline(after: timeouts.body)
            }
        case .responding:
            waiting = .handler
            connection.setDeadline(after: .infinity)
        case .done: break
        }
    }
}

/// Brings the answers to a connection's requests, from whichever thread, to the loop of the connection.
private final class ResponseRelay: ResponseReceiver {
    private let loop: EventLoop
    private let token: Token

    init(loop: EventLoop, token: Token) {
        self.loop = loop
        self.token = token
    }

    func receive(_ response: Response, to exchange: Int) {
        if loop.isCurrent {
            deliver(response, to: exchange)
        } else {
            loop.post { [self] in deliver(response, to: exchange) }
        }
    }

    private func deliver(_ response: Response, to exchange: Int) {
        let connection = loop.source(token) as? Connection
        (connection?.driver as? HTTPConnection)?.respond(response, to: exchange)
    }
}
