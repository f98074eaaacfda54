extension Router {
    /// Has a request answered that came over no connection: what is behind the routes can be asked without a server.
    ///
    /// - Parameters:
    ///   - target: As it stands in a request line, such as `/api/link?text=…`.
    ///   - receive: Called once with the answer, on whichever thread gives it.
    /// - Throws: What is wrong with the target.
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
        case .handler(let handler, let parameters, _):
            request.parameters = parameters
            handler(request, Responder(receive))
        case .webSocket:
            receive(Response(.upgradeRequired))
        }
    }
}
