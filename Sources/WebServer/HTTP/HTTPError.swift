/// Why a request cannot be understood, with the status that says so. The connection is closed after it: where one
/// message ends and the next begins is no longer sure, and guessing is how requests are smuggled.
package struct HTTPError: Error, Equatable {
    package let status: Status
    /// What is wrong, for the client's author.
    package let reason: String

    package init(_ status: Status, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    package static func badRequest(_ reason: String) -> HTTPError { HTTPError(.badRequest, reason) }
}
