extension Router {
    /// The answer to a request that came over no connection: routes can be tested without a server.
    ///
    ///     let answer = await router.answer(.get, "/hello/Ada")
    ///     #expect(answer.status == .ok)
    ///     #expect(answer.body.read() == Array("Hello, Ada!\n".utf8))
    ///
    /// It is the same as through a server with the default configuration, which adds fields of its own. A target that is no
    /// target, or more content than the route allows, is refused with the status that a server refuses it with.
    ///
    /// - Parameters:
    ///   - target: As it stands in a request line, such as `/api/link?text=…`.
    ///   - headers: The fields of the header section; a Host is not needed.
    ///   - body: The content.
    public func answer(
        _ method: Method, _ target: String, headers: Headers = Headers(), body: [UInt8] = []
    ) async -> Response {
        await withCheckedContinuation { continuation in
            do throws(HTTPError) {
                try answer(method, target, headers: headers, body: body) {
                    continuation.resume(returning: $0)
                }
            } catch {
                continuation.resume(returning: .text(error.reason + "\n", status: error.status))
            }
        }
    }

    /// Has a request answered that came over no connection: what is behind the routes can be asked without a server.
    ///
    /// - Parameters:
    ///   - target: As it stands in a request line, such as `/api/link?text=…`.
    ///   - receive: Called once with the answer, on whichever thread gives it.
    /// - Throws: What is wrong with the target, or that the content is more than the route allows.
    package func answer(
        _ method: Method, _ target: String, headers: Headers = Headers(), body: [UInt8] = [],
        _ receive: @escaping @Sendable (Response) -> Void
    ) throws(HTTPError) {
        let parts = try RequestTarget(target, method: method)
        var request = Request(
            method: method, target: target, path: parts.path, headers: headers, remoteAddress: "127.0.0.1",
            clientAddress: "127.0.0.1", isSecure: false, rawQuery: parts.query,
            host: parts.authority ?? "localhost")
        request.body = body
        switch route(method, parts.path) {
        case .response(let response):
            receive(response)
        case .files(let files):
            receive(files.response(to: request))
        case .handler(let handler, let parameters, let limit):
            if let limit, body.count > limit {
                throw HTTPError(.contentTooLarge, "the content is longer than \(limit) bytes")
            }
            request.parameters = parameters
            handler(request, Responder(receive))
        case .webSocket:
            receive(Response(.upgradeRequired))
        }
    }
}
