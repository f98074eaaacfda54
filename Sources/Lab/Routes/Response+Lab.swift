import WebServer

extension Response {
    static var internalError: Response {
        .text("The server could not do that.\n", status: .internalServerError)
    }

    /// An error in the form in which commands are refused.
    static func refusal(_ error: CommandError, _ status: Status) -> Response {
        json(["error": error], status: status)
    }

    /// Why the store could not do it.
    static func refusal(_ error: StoreError) -> Response {
        switch error {
        case .unknown: refusal(CommandError(error), .notFound)
        case .overQuota, .diskFull: refusal(CommandError(error), Status(507))
        default: refusal(CommandError(error), .serviceUnavailable)
        }
    }

    /// A value as JSON.
    static func json(_ value: some Encodable, status: Status = .ok) -> Response {
        guard let bytes = try? JSON.encode(value) else { return .internalError }
        return .json(bytes, status: status)
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
