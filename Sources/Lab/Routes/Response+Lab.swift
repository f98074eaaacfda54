import WebServer

extension Response {
    static var internalError: Response {
        .text("The server could not do that.\n", status: .internalServerError)
    }

    /// An error in the form in which commands are refused.
    static func refusal(_ error: CommandError, _ status: Status) -> Response {
        var response = json(["error": error], status: status)
        if status == .serviceUnavailable { response.headers.add("Retry-After", "5") }
        return response
    }

    /// Why the store could not do it.
    static func refusal(_ error: StoreError) -> Response {
        switch error {
        case .unknown: refusal(CommandError(error), .notFound)
        case .overQuota, .tooMany, .tooManyFromAddress, .diskFull: refusal(CommandError(error), Status(507))
        default: refusal(CommandError(error), .serviceUnavailable)
        }
    }

    /// A value as JSON.
    static func json(_ value: some Encodable, status: Status = .ok) -> Response {
        guard let bytes = try? JSON.encode(value) else { return .internalError }
        return .json(bytes, status: status)
    }

    /// A small picture, which stays the same. No cache between here and a browser shows it after it was deleted.
    static func thumbnail(_ bytes: [UInt8], type: String) -> Response {
        Response(
            .ok, headers: ["Content-Type": type, "Cache-Control": "private, max-age=86400"],
            body: .bytes(bytes))
    }

    /// A file to be kept.
    static func download(_ bytes: [UInt8], type: String, name: String) -> Response {
        Response(
            .ok,
            headers: [
                "Content-Type": type, "Content-Disposition": "attachment; filename=\"\(name)\"",
                "Cache-Control": "no-store",
            ], body: .bytes(bytes))
    }
}

extension Responder {
    /// Answers with a film, or says why there is none.
    func send(film: Result<[UInt8], CommandError>, as response: ([UInt8]) -> Response) {
        switch film {
        case .success(let gif): send(response(gif))
        case .failure(let error): send(.refusal(error, .serviceUnavailable))
        }
    }
}

extension SessionRegistry {
    /// Has a job make something of a session as it is now, or answers that it is not here or that there is too much to do.
    func takeSnapshot(
        _ id: SessionID?, for responder: Responder, of client: ClientAddress,
        _ use: @escaping @Sendable (SessionSnapshot) -> Void
    ) {
        let message = Session.Message.takeSnapshot { [jobs] snapshot in
            jobs.answer(responder, for: client) { use(snapshot) }
        }
        guard post(message, to: id) == nil else { return }
        let error = CommandError(.notFound, path: "session", "There is no such session here.")
        responder.send(.refusal(error, .notFound))
    }
}
