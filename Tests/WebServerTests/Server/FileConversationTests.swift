import TestSupport
import Testing
import WebServer

/// A question about a file of ten bytes, and what must come back (RFC 9110 §12–15). `TAG` and `DATE` stand for what the
/// file's own entity tag and date are.
struct FileCase: Sendable, CustomTestStringConvertible {
    let name: String
    let fields: String
    let status: Int
    let text: String?

    init(_ name: String, _ fields: [String], _ status: Int, _ text: String? = nil) {
        self.name = name
        self.fields = fields.map { $0 + "\r\n" }.joined()
        self.status = status
        self.text = text
    }

    var testDescription: String { name }

    private static let before = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let after = "Fri, 31 Dec 2199 23:59:59 GMT"

    static let all: [FileCase] = conditions + precedence + ranges + rangeConditions

    static let conditions: [FileCase] = [
        .init("If-Match, this one", ["If-Match: TAG"], 200),
        .init("If-Match, any", ["If-Match: *"], 200),
        .init("If-Match, one of them", ["If-Match: \"x\", TAG"], 200),
        .init("If-Match, in a second field", ["If-Match: \"x\"", "If-Match: TAG"], 200),
        .init("If-Match, another", ["If-Match: \"x\""], 412),
        .init("If-Match compares strongly", ["If-Match: W/TAG"], 412),
        .init("If-None-Match, this one", ["If-None-Match: TAG"], 304),
        .init("If-None-Match compares weakly", ["If-None-Match: W/TAG"], 304),
        .init("If-None-Match, any", ["If-None-Match: *"], 304),
        .init("If-None-Match, one of them", ["If-None-Match: \"x\",W/\"y\" , TAG"], 304),
        .init("If-None-Match, in a second field", ["If-None-Match: \"x\"", "If-None-Match: TAG"], 304),
        .init("If-None-Match, another", ["If-None-Match: \"x\""], 200),
        .init("If-None-Match without quotation marks", ["If-None-Match: x"], 200),
        .init("If-Modified-Since, that moment", ["If-Modified-Since: DATE"], 304),
        .init("If-Modified-Since, long before", ["If-Modified-Since: \(before)"], 200),
        .init("If-Modified-Since, long after", ["If-Modified-Since: \(after)"], 304),
        .init("If-Modified-Since, no date", ["If-Modified-Since: yesterday"], 200),
        .init("If-Modified-Since, another zone", ["If-Modified-Since: Fri, 31 Dec 2100 23:59:59 CET"], 200),
        .init(
            "If-Modified-Since, as RFC 850 has it", ["If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT"], 200
        ),
        .init("If-Modified-Since, as C has it", ["If-Modified-Since: Sun Nov  6 08:49:37 1994"], 200),
        .init("If-Modified-Since twice", ["If-Modified-Since: DATE", "If-Modified-Since: DATE"], 200),
        .init(
            "If-Modified-Since, a day that there is not",
            ["If-Modified-Since: Fri, 31 Feb 2199 23:59:59 GMT"], 200),
        .init(
            "If-Unmodified-Since twice",
            ["If-Unmodified-Since: \(before)", "If-Unmodified-Since: \(before)"], 200),
        .init("If-Unmodified-Since, that moment", ["If-Unmodified-Since: DATE"], 200),
        .init("If-Unmodified-Since, long before", ["If-Unmodified-Since: \(before)"], 412),
        .init("If-Unmodified-Since, long after", ["If-Unmodified-Since: \(after)"], 200),
        .init("If-Unmodified-Since, no date", ["If-Unmodified-Since: yesterday"], 200),
    ]

    /// §13.2.2
    static let precedence: [FileCase] = [
        .init("If-Match goes before the date", ["If-Match: TAG", "If-Unmodified-Since: \(before)"], 200),
        .init("If-Match fails before If-None-Match", ["If-Match: \"x\"", "If-None-Match: TAG"], 412),
        .init("If-Match passes on to If-None-Match", ["If-Match: TAG", "If-None-Match: TAG"], 304),
        .init("a date passes on to If-None-Match", ["If-Unmodified-Since: DATE", "If-None-Match: TAG"], 304),
        .init(
            "If-None-Match goes before the date", ["If-None-Match: \"x\"", "If-Modified-Since: DATE"], 200),
        .init("304 goes before a range", ["If-None-Match: TAG", "Range: bytes=0-1"], 304),
        .init("412 goes before a range", ["If-Match: \"x\"", "Range: bytes=0-1"], 412),
        .init("304 goes before 416", ["If-None-Match: TAG", "Range: bytes=90-"], 304),
    ]

    /// §14
    static let ranges: [FileCase] = [
        .init("first to last", ["Range: bytes=2-4"], 206, "234"),
        .init("one byte", ["Range: bytes=0-0"], 206, "0"),
        .init("all of it", ["Range: bytes=0-9"], 206, "0123456789"),
        .init("more than all of it", ["Range: bytes=0-999"], 206, "0123456789"),
        .init("from the middle", ["Range: bytes=7-"], 206, "789"),
        .init("the end", ["Range: bytes=-3"], 206, "789"),
        .init("an end longer than all", ["Range: bytes=-30"], 206, "0123456789"),
        .init("the unit in upper case", ["Range: BYTES=1-2"], 206, "12"),
        .init("numbers beyond 64 bits", ["Range: bytes=8-99999999999999999999999"], 206, "89"),
        .init("one good and one outside", ["Range: bytes=20-30,1-2"], 206, "12"),
        .init("a list with blanks", ["Range: bytes= 1-2 ,, 50-60"], 206, "12"),
        .init("behind the end", ["Range: bytes=10-"], 416),
        .init("far behind the end", ["Range: bytes=1000-2000"], 416),
        .init("an end of nothing", ["Range: bytes=-0"], 416),
        .init("all outside", ["Range: bytes=10-11,20-21"], 416),
        .init("backwards", ["Range: bytes=4-2"], 200, "0123456789"),
        .init("not a number", ["Range: bytes=a-b"], 200, "0123456789"),
        .init("a sign", ["Range: bytes=+1-2"], 200, "0123456789"),
        .init("only a dash", ["Range: bytes=-"], 200, "0123456789"),
        .init("two dashes", ["Range: bytes=1--2"], 200, "0123456789"),
        .init("nothing", ["Range: bytes="], 200, "0123456789"),
        .init("no equals sign", ["Range: bytes 1-2"], 200, "0123456789"),
        .init("two fields", ["Range: bytes=0-1", "Range: bytes=2-3"], 200, "0123456789"),
        .init("another unit", ["Range: lines=1-2"], 200, "0123456789"),
        .init("one of them broken", ["Range: bytes=0-1,x"], 200, "0123456789"),
        .init("overlapping", ["Range: bytes=0-5,3-8"], 200, "0123456789"),
        .init("the same again and again", ["Range: bytes=0-,0-,0-,0-,0-,0-"], 200, "0123456789"),
        .init(
            "very many", ["Range: bytes=" + Array(repeating: "0-0", count: 200).joined(separator: ",")], 200,
            "0123456789"),
    ]

    /// §13.1.5
    static let rangeConditions: [FileCase] = [
        .init("If-Range, this one", ["Range: bytes=0-1", "If-Range: TAG"], 206, "01"),
        .init("If-Range, another", ["Range: bytes=0-1", "If-Range: \"x\""], 200, "0123456789"),
        .init("If-Range compares strongly", ["Range: bytes=0-1", "If-Range: W/TAG"], 200, "0123456789"),
        .init("If-Range, that moment", ["Range: bytes=0-1", "If-Range: DATE"], 206, "01"),
        .init("If-Range, long before", ["Range: bytes=0-1", "If-Range: \(before)"], 200, "0123456789"),
        .init("If-Range is not at least", ["Range: bytes=0-1", "If-Range: \(after)"], 200, "0123456789"),
        .init("If-Range, neither tag nor date", ["Range: bytes=0-1", "If-Range: x"], 200, "0123456789"),
        .init("If-Range twice", ["Range: bytes=0-1", "If-Range: TAG", "If-Range: TAG"], 200, "0123456789"),
        .init("If-Range spares 416", ["Range: bytes=50-", "If-Range: \"x\""], 200, "0123456789"),
        .init("If-Range without a range", ["If-Range: TAG"], 200, "0123456789"),
    ]
}

@Suite(.realServers) struct FileConversationTests {
    private let folder = TestFolder()

    private func server() throws -> TestServer {
        folder.write("ten.txt", "0123456789")
        folder.write("future.txt", "not yet")
        var router = Router()
        router.files(try StaticFiles(root: folder.path))
        return try TestServer(router)
    }

    @Test func everyCase() throws {
        let server = try server()
        let plain = try #require(server.get("/ten.txt"))
        let tag = try #require(plain["ETag"])
        let date = try #require(plain["Last-Modified"])
        for example in FileCase.all {
            let fields = example.fields.replacing("TAG", with: tag).replacing("DATE", with: date)
            let response = try #require(server.get("/ten.txt", fields), "\(example.name)")
            #expect(response.status == example.status, "\(example.name)")
            #expect(response["Date"] != nil, "\(example.name)")
            if let text = example.text { #expect(response.text == text, "\(example.name)") }
            switch example.status {
            case 304:
                #expect(response.body.isEmpty && response["ETag"] == tag, "\(example.name)")
                #expect(response["Vary"] == plain["Vary"], "\(example.name)")
                #expect(response["Content-Type"] == nil, "\(example.name)")
            case 206:
                #expect(response["Content-Range"]?.hasPrefix("bytes ") == true, "\(example.name)")
                #expect(response["Content-Length"] == "\(response.body.count)", "\(example.name)")
                #expect(response["ETag"] == tag, "\(example.name)")
            case 416: #expect(response["Content-Range"] == "bytes */10", "\(example.name)")
            default: #expect(response["Content-Range"] == nil, "\(example.name)")
            }
            // HEAD knows the same conditions, and no ranges (§14.2).
            let head = try #require(server.get("/ten.txt", fields, method: "HEAD"), "\(example.name)")
            let expected = [206, 416].contains(example.status) ? 200 : example.status
            #expect(head.status == expected, "HEAD: \(example.name)")
        }
    }

    /// RFC 9110 §8.8.2.1: no date in the future is sent, or a cache would keep what it should ask for.
    @Test func aFileFromTheFutureIsAsOldAsTheAnswer() throws {
        let server = try server()
        folder.touch("future.txt", at: 7_000_000_000)
        let response = try #require(server.get("/future.txt"))
        let modified = try #require(response["Last-Modified"].flatMap(HTTPDate.parse))
        let date = try #require(response["Date"].flatMap(HTTPDate.parse))
        #expect(modified <= date)
    }
}
