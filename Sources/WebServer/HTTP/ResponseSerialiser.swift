import Glibc

/// Writes responses in the form of RFC 9112 §4, into the bytes that will be sent.
struct ResponseSerialiser {
    /// Fields that every response carries unless it has its own, such as the security headers.
    private let defaults: [(name: String, wire: [UInt8])]
    /// Says that browsers shall insist on HTTPS; empty for not.
    private let strictTransport: [UInt8]
    private var date: [UInt8] = []
    private var dateSecond = -1

    init(defaults: Headers, strictTransportSeconds: Int? = nil) {
        self.defaults = defaults.all.map { field in
            (field.name, Array("\(field.name): \(field.value)\r\n".utf8))
        }
        strictTransport =
            strictTransportSeconds.map { Array("\(Self.strictTransportName): max-age=\($0)\r\n".utf8) } ?? []
    }

    /// How one response is framed.
    struct Options {
        var keepsAlive: Bool
        /// HTTP/1.0 keeps a connection only if told so.
        var minorVersion = 1
        /// Whether it goes out through TLS: elsewhere nobody is told to insist on HTTPS (RFC 6797 §7.2).
        var isSecure = false
    }

    private static let strictTransportName = "Strict-Transport-Security"

    /// Appends the head of `response` to `output`.
    mutating func writeHead(_ response: Response, _ options: Options, to output: inout [UInt8]) {
        output.reserveCapacity(output.count + response.headers.wire.count + 512)
        Self.writeStatusLine(response.status, to: &output)
        refreshDate()
        output.append(contentsOf: date)
        output.append(contentsOf: response.headers.wire)
        for field in defaults where !response.headers.has(field.name) {
            output.append(contentsOf: field.wire)
        }
        if options.isSecure, !strictTransport.isEmpty, !response.headers.has(Self.strictTransportName) {
            output.append(contentsOf: strictTransport)
        }
        if response.status.allowsContent {
            Self.write("Content-Length: ", to: &output)
            Self.write(response.body.count, to: &output)
            Self.write("\r\n", to: &output)
        }
        if response.status != .switchingProtocols {
            if !options.keepsAlive {
                Self.write("Connection: close\r\n", to: &output)
            } else if options.minorVersion == 0 {
                Self.write("Connection: keep-alive\r\n", to: &output)
            }
        }
        Self.write("\r\n", to: &output)
    }

    private static func writeStatusLine(_ status: Status, to output: inout [UInt8]) {
        if status == .ok {
            write("HTTP/1.1 200 OK\r\n", to: &output)
        } else {
            output.append(contentsOf: "HTTP/1.1 \(status.code) \(status.reason)\r\n".utf8)
        }
    }

    /// The Date field is written once a second.
    private mutating func refreshDate() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        guard time.tv_sec != dateSecond else { return }
        dateSecond = time.tv_sec
        date = Array("Date: \(HTTPDate.format(dateSecond))\r\n".utf8)
    }

    private static func write(_ text: StaticString, to output: inout [UInt8]) {
        output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func write(_ number: Int, to output: inout [UInt8]) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            output.append(UInt8(number / divisor % 10) + 0x30)
            divisor /= 10
        }
    }
}
