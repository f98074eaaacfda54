import TestSupport
import Testing
import WebServer

@Suite(.realServers) struct StaticFilesTests {
    private let folder = TestFolder()

    private func server() throws -> TestServer {
        folder.write("index.html", "<!doctype html><title>x</title>")
        folder.write("text.txt", "0123456789")
        folder.write("empty.txt", "")
        folder.write("code.js", String(repeating: "let a = 1;\n", count: 200))
        folder.write("picture.png", [UInt8](repeating: 7, count: 1000))
        folder.write(".secret", "no")
        folder.folder("sub")
        folder.write("sub/index.html", "sub")
        folder.link("inside.txt", to: "text.txt")
        folder.link("outside.txt", to: "/etc/passwd")
        folder.link("up", to: "..")
        var router = Router()
        router.files(try StaticFiles(root: folder.path))
        return try TestServer(router)
    }

    @Test func servesFilesWithTheirTypes() throws {
        let server = try server()
        #expect(server.get("/")?["Content-Type"] == "text/html; charset=utf-8")
        #expect(server.get("/text.txt")?.text == "0123456789")
        #expect(server.get("/code.js")?["Content-Type"] == "text/javascript; charset=utf-8")
        #expect(server.get("/picture.png")?["Content-Type"] == "image/png")
        #expect(server.get("/empty.txt")?["Content-Length"] == "0")
        #expect(server.get("/sub/")?.text == "sub")
        #expect(server.get("/inside.txt")?.text == "0123456789")
        #expect(server.get("/text.txt")?["X-Content-Type-Options"] == "nosniff")
        let redirect = server.get("/sub?a=b")
        #expect(redirect?.status == 308)
        #expect(redirect?["Location"] == "./sub/?a=b")
    }

    /// A browser takes two slashes for a host: a link to this server must not lead to another. Relative, so that it also
    /// leads to the right place where a proxy has taken a part of the path off.
    @Test(arguments: [
        ("/sub", "./sub/"), ("/s%75b", "./sub/"), ("/./sub?a=%20b", "./sub/?a=%20b"),
        ("//evil.example/../../sub", "./sub/"), ("//../sub", "./sub/"),
        ("http://test//evil.example/../../sub", "./sub/"),
        ("http://test/sub?a=b", "./sub/?a=b"), ("/a%20folder", "./a%20folder/"),
        ("http://test/a%20folder", "./a%20folder/"),
    ])
    func aRedirectStaysHere(_ target: String, _ location: String) throws {
        folder.folder("a folder")
        let response = try #require(try server().get(target))
        #expect(response.status == 308)
        #expect(response["Location"] == location)
    }

    @Test(arguments: [
        "/../etc/passwd", "/..%2fetc/passwd", "/%2e%2e/etc/passwd", "/%2e%2e%2fetc%2fpasswd",
        "/..\\etc\\passwd",
        "/..%5cetc%5cpasswd", "/sub/../../etc/passwd", "/outside.txt", "/up/etc/passwd", "/up",
        "/text.txt%00.html",
        "//etc/passwd", "/.secret", "/sub/.", "/./.secret", "/%2esecret", "/text.txt/", "/text.txt/x", "/no",
        "/%c0%ae%c0%ae/etc/passwd", "/....//etc/passwd", "/sub//index.html", "/sub/%2e%2e/.secret",
    ])
    func nothingElseIsServed(_ target: String) throws {
        let response = try #require(try server().get(target))
        // A path that ends in a dot is a folder's own and may be served; all else is not there or not understood.
        #expect([400, 404].contains(response.status) || response.text == "sub", "\(response.text)")
        #expect(!response.text.contains("root:"))
    }

    @Test func conditionsSaveTheContent() throws {
        let server = try server()
        let first = try #require(server.get("/text.txt"))
        let etag = try #require(first["ETag"])
        let date = try #require(first["Last-Modified"])
        #expect(etag.hasPrefix("\""))
        let second = try #require(server.get("/text.txt", "If-None-Match: \(etag)\r\n"))
        #expect(second.status == 304)
        #expect(second["ETag"] == etag)
        #expect(second["Cache-Control"] != nil)
        for name in ["Last-Modified", "Content-Type", "Content-Encoding", "Content-Length"] {
            #expect(second[name] == nil)
        }
        #expect(server.get("/text.txt", "If-None-Match: W/\(etag)\r\n")?.status == 304)
        #expect(server.get("/text.txt", "If-Modified-Since: \(date)\r\n")?.status == 304)
        #expect(
            server.get("/text.txt", "If-None-Match: \"x\"\r\nIf-Modified-Since: \(date)\r\n")?.status == 200)
        #expect(server.get("/text.txt", "If-Match: \"x\"\r\n")?.status == 412)
        #expect(server.get("/text.txt", "If-None-Match: \(etag)\r\n", method: "HEAD")?.status == 304)
        #expect(server.get("/nothing", "If-None-Match: *\r\n")?.status == 404)
    }

    @Test func rangesArePartsOfTheFile() throws {
        let server = try server()
        let part = try #require(server.get("/text.txt", "Range: bytes=2-4\r\n"))
        #expect(part.status == 206)
        #expect(part.text == "234")
        #expect(part["Content-Range"] == "bytes 2-4/10")
        #expect(server.get("/text.txt", "Range: bytes=-3\r\n")?.text == "789")
        let beyond = server.get("/text.txt", "Range: bytes=10-\r\n")
        #expect(beyond?.status == 416)
        #expect(beyond?["Content-Range"] == "bytes */10")
        #expect(server.get("/text.txt", "Range: lines=1-2\r\n")?.status == 200)
        #expect(server.get("/text.txt", "Range: bytes=2-4\r\n", method: "HEAD")?.status == 200)
        let etag = try #require(server.get("/text.txt")?["ETag"])
        #expect(server.get("/text.txt", "Range: bytes=2-4\r\nIf-Range: \(etag)\r\n")?.status == 206)
        #expect(server.get("/text.txt", "Range: bytes=2-4\r\nIf-Range: \"x\"\r\n")?.status == 200)
        #expect(server.get("/text.txt", "Range: bytes=2-4\r\nIf-None-Match: \(etag)\r\n")?.status == 304)
    }

    @Test func severalRangesComeInParts() throws {
        let response = try #require(try server().get("/text.txt", "Range: bytes=0-1,4-5,-1\r\n"))
        #expect(response.status == 206)
        let type = try #require(response["Content-Type"])
        #expect(type.hasPrefix("multipart/byteranges; boundary="))
        let boundary = type.dropFirst("multipart/byteranges; boundary=".count)
        let expected = [("0-1", "01"), ("4-5", "45"), ("9-9", "9")].map { range, text in
            "--\(boundary)\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes \(range)/10\r\n\r\n\(text)\r\n"
        }.joined()
        #expect(response.text == expected + "--\(boundary)--\r\n")
    }

    @Test func textIsCompressedForThoseWhoTakeIt() throws {
        let server = try server()
        let plain = try #require(server.get("/code.js"))
        let gzip = try #require(server.get("/code.js", "Accept-Encoding: gzip\r\n"))
        #expect(plain["Content-Encoding"] == nil)
        #expect(gzip["Content-Encoding"] == "gzip")
        #expect(gzip.body.starts(with: [0x1f, 0x8b]))
        #expect(gzip.body.count < plain.body.count / 10)
        #expect(plain["Vary"] == "Accept-Encoding")
        #expect(gzip["Vary"] == "Accept-Encoding")
        #expect(plain["ETag"] != gzip["ETag"])
        #expect(server.get("/code.js", "Accept-Encoding: gzip;q=0\r\n")?["Content-Encoding"] == nil)
        #expect(server.get("/picture.png", "Accept-Encoding: gzip\r\n")?["Content-Encoding"] == nil)
        let part = server.get("/code.js", "Accept-Encoding: gzip\r\nRange: bytes=0-2\r\n")
        #expect(part?.text == "let")
        #expect(part?["Content-Encoding"] == nil)
        let etag = try #require(gzip["ETag"])
        #expect(server.get("/code.js", "Accept-Encoding: gzip\r\nIf-None-Match: \(etag)\r\n")?.status == 304)
    }

    @Test func fixedContentIsSentOnceToEachClient() throws {
        let text = String(repeating: "fixed ", count: 200)
        let content = FixedContent(Array(text.utf8), type: "text/plain")
        var router = Router()
        router.get("/") { request, responder in responder.send(content.response(to: request)) }
        let server = try TestServer(router)
        let plain = server.get("/")
        let gzip = server.get("/", "Accept-Encoding: gzip\r\n")
        #expect(plain?.text == text)
        #expect(gzip?["Content-Encoding"] == "gzip")
        let (tag, gzipTag) = (try #require(plain?["ETag"]), try #require(gzip?["ETag"]))
        #expect(tag != gzipTag)
        #expect(server.get("/", "If-None-Match: \(tag)\r\n")?.status == 304)
        #expect(server.get("/", "Accept-Encoding: gzip\r\nIf-None-Match: \(gzipTag)\r\n")?.status == 304)
        #expect(server.get("/", "If-None-Match: \(gzipTag)\r\n")?.status == 200)
        #expect(server.get("/", "If-Match: \"other\"\r\n")?.status == 412)
        // It has no date to compare with.
        #expect(server.get("/", "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT\r\n")?.status == 200)
        #expect(server.get("/", "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n")?.status == 200)
    }

    @Test func changesOnDiskAreSeenAtOnce() throws {
        let server = try server()
        for round in 0..<20 {
            let content = "round \(round % 10)"
            folder.write("changing.txt", content)
            #expect(server.get("/changing.txt")?.text == content)
        }
    }

    @Test func largeFilesAreReadAsTheyLeave() throws {
        var generator = SeededGenerator(seed: 1)
        let bytes = (0..<(5 << 20)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        folder.write("large.bin", bytes)
        let server = try server()
        #expect(server.get("/large.bin")?.body == bytes)
        let part = server.get("/large.bin", "Range: bytes=4000000-4500000\r\n")
        #expect(part?.status == 206)
        #expect(part?.body == Array(bytes[4_000_000...4_500_000]))
    }
}
