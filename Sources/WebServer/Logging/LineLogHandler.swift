import Glibc
import Logging
import Synchronization

/// Logs one line an event: time, level, message, and the metadata as `name=value`, in the order of the names.
///
///     2026-11-21T17:05:00.123Z info request bytes=1024 method=GET microseconds=85 remote=127.0.0.1 …
///
/// Whoever logs only hands the line to a ``LogWriter``, so that logging every request costs an event loop next to
/// nothing.
public struct LineLogHandler: LogHandler {
    /// The least level that is logged.
    public var logLevel = Logger.Level.info
    /// What every line carries.
    public var metadata: Logger.Metadata = [:]
    private let writer: LogWriter

    /// Lines go to `writer`.
    public init(writer: LogWriter) { self.writer = writer }

    /// One piece of metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Hands a line to the writer.
    public func log(event: LogEvent) {
        let own = event.metadata ?? [:]
        let fields = (metadata.isEmpty ? own : metadata.merging(own) { $1 }).sorted { $0.key < $1.key }
        let message = event.message.description
        writer.writeLine { line in
            line.append(contentsOf: event.level.rawValue.utf8)
            line.append(UInt8(ascii: " "))
            line.append(contentsOf: message.utf8.lazy.map { $0 < 0x20 ? 0x20 : $0 })
            for (name, value) in fields {
                line.append(UInt8(ascii: " "))
                line.append(contentsOf: name.utf8)
                line.append(UInt8(ascii: "="))
                Self.append(value.description, to: &line)
            }
        }
    }

    /// As it is if that cannot be misread, else in quotation marks: nobody forges a line, or a field in one.
    private static func append(_ value: String, to line: inout [UInt8]) {
        let isPlain = value.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain, !value.isEmpty {
            line.append(contentsOf: value.utf8)
        } else {
            line.append(contentsOf: value.debugDescription.utf8)
        }
    }
}
