import Glibc
import Logging
import TestSupport
import Testing
import WebServer

@Suite(.realServers) struct LogTests {
    /// The lines that come out of a pipe when `body` logs into it, without their time.
    private func lines(_ body: (Logger) throws -> Void) throws -> [String] {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let writer = LogWriter(descriptor: ends[1])
        try body(Logger(label: "test") { _ in LineLogHandler(writer: writer) })
        writer.flush()
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(ends[0], &bytes, bytes.count)
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self).split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            #expect(parts[0].count == "2026-11-21T17:05:00.123Z".count && parts[0].hasSuffix("Z"))
            return parts[1]
        }
    }

    @Test func anEventIsALine() throws {
        let found = try lines { logger in
            logger.warning("low on paper", metadata: ["sheets": "3", "tray": "\(2)"])
            logger.debug("not asked for")
        }
        #expect(found == ["warning low on paper sheets=3 tray=2"])
    }

    @Test func whoeverDoesNotReadTheLogDoesNotKeepAProgramFromEnding() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        // A megabyte waits for a pipe that takes 64 KB. The writer's thread stays where it is, with its end of the pipe.
        let writer = LogWriter(descriptor: ends[1])
        let logger = Logger(label: "test") { _ in LineLogHandler(writer: writer) }
        for _ in 0..<100 { logger.info("\(String(repeating: "x", count: 10_000))") }
        writer.flush(within: .milliseconds(100))
    }

    @Test func nobodyForgesALine() throws {
        let found = try lines { $0.info("a\nb", metadata: ["x": "1\n2 y=3", "z": "\"", "empty": ""]) }
        #expect(found == [#"info a b empty="" x="1\n2 y=3" z="\"""#])
    }

    @Test func whatMustNotBeReadThereIsLeftOut() throws {
        let found = try lines { logger in
            let server = try TestServer(Router(), logger: logger) { $0.loggedTarget = { _ in "/secret/*" } }
            #expect(server.get("/secret/key")?.status == 404)
            server.server.shutdown()
            server.server.wait()
        }
        #expect(found.count == 1 && found[0].hasSuffix(" target=/secret/*"))
    }

    @Test func everyRequestHasOneLineWithItsDuration() throws {
        var router = Router()
        router.get("/hello") { _, responder in responder.send(.text("hello")) }
        let found = try lines { logger in
            let server = try TestServer(router, logger: logger)
            #expect(server.get("/hello?a=b")?.status == 200)
            #expect(server.get("/nothing", method: "HEAD") != nil)
            let broken = server.client()
            broken.send("GET / HTTP/1.1\r\n\r\n")
            #expect(broken.response()?.status == 400)
            server.server.shutdown()
            server.server.wait()
        }
        let fields = found.map { line in
            line.split(separator: " ").filter { !$0.hasPrefix("microseconds=") }.joined(separator: " ")
        }
        #expect(
            fields == [
                "info request bytes=5 method=GET remote=127.0.0.1 status=200 target=/hello?a=b",
                "info request bytes=0 method=HEAD remote=127.0.0.1 status=404 target=/nothing",
                "info request bytes=23 method=GET remote=127.0.0.1 status=400 target=/",
            ])
        let durations = found.compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("microseconds=") }
                .flatMap { Int($0.dropFirst("microseconds=".count)) }
        }
        #expect(durations.count == 3)
    }

    /// Nobody reads the pipe, yet whoever logs goes on; what is left out is counted.
    @Test func aReaderThatStopsHoldsNobodyUp() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let writer = LogWriter(descriptor: ends[1])
        let logger = Logger(label: "test") { _ in LineLogHandler(writer: writer) }
        let text = Logger.Message(stringLiteral: String(repeating: "x", count: 1000))
        for _ in 0..<5000 { logger.info(text) }
        var tail = ""
        while !tail.contains(" lines were lost") {
            var event = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
            try #require(poll(&event, 1, 60_000) == 1)
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(ends[0], &bytes, bytes.count)
            tail = String(tail.suffix(100)) + String(decoding: bytes[..<count], as: UTF8.self)
        }
        for end in ends { close(end) }
    }
}
