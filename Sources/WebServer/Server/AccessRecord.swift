import Logging

/// One line of the access log.
struct AccessRecord {
    let method: String
    let target: String
    let status: Int
    let bytes: Int
    let nanoseconds: UInt64
    let remoteAddress: String

    /// Structured, so that a log handler can write it in any form.
    var metadata: Logger.Metadata {
        let microseconds = nanoseconds / 1000
        return [
            "method": "\(method)", "target": "\(target)", "status": "\(status)", "bytes": "\(bytes)",
            "microseconds": "\(microseconds)", "remote": "\(remoteAddress)",
        ]
    }
}
