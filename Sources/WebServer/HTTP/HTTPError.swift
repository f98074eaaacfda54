/// Why a request cannot be understood, with the status that says so. The connection is closed after it: where one
/// message ends and the next begins is no longer sure, and guessing is how requests are smuggled.
struct HTTPError: Error, Equatable {
    let status: Status
    /// What is wrong, for the client's author.
    let reason: String

    init(_ status: Status, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    static func badRequest(_ reason: String) -> HTTPError { HTTPError(.badRequest, reason) }
}
