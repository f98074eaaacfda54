import Logging

/// One line of the access log.
struct AccessRecord {
    let method: String
    /// Empty if the request line could not be understood.
    var target: String
    let status: Int
    let bytes: Int
    let nanoseconds: UInt64
    let clientAddress: String

    /// Structured, so that a log handler can write it in any form.
    var metadata: Logger.Metadata {
        let isKnown = !target.isEmpty
        return [
            "method": .string(isKnown ? method : "-"), "target": .string(isKnown ? target : "-"),
            "status": .stringConvertible(status),
            "bytes": .stringConvertible(bytes), "microseconds": .stringConvertible(nanoseconds / 1000),
            "remote": .string(clientAddress),
        ]
    }
}
