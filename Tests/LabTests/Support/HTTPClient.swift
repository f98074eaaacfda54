import Foundation

/// One HTTP request over a connection of its own.
enum HTTPClient {
    struct Answer {
        let status: Int
        /// The status line and the fields.
        let head: String
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
        }
    }

    static func get(_ path: String, port: UInt16) throws -> Answer {
        try request("GET", path, port: port)
    }

    static func request(
        _ method: String, _ path: String, body: [UInt8] = [], headers: [String] = [], port: UInt16
    ) throws -> Answer {
        let socket = try BlockingSocket(port: port)
        let head =
            ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"] + headers
            + ["Content-Length: \(body.count)", "", ""]
        try socket.write(Array(head.joined(separator: "\r\n").utf8) + body)
        let answer = try socket.readToEnd()
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)),
            let status = Int(String(decoding: answer.dropFirst(9).prefix(3), as: UTF8.self))
        else { throw PageClient.Failure(description: "no HTTP answer") }
        let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self)
        return Answer(status: status, head: lines, body: Array(answer[end.upperBound...]))
    }
}
