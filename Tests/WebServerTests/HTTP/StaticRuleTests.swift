import Testing
import WebServer

@Suite struct ByteRangesTests {
    @Test(arguments: [
        ("bytes=0-4", [0..<5]), ("bytes=5-", [5..<10]), ("bytes=-3", [7..<10]), ("bytes=0-0", [0..<1]),
        ("bytes=9-9", [9..<10]), ("bytes=0-99", [0..<10]), ("bytes=-99", [0..<10]), ("BYTES=1-2", [1..<3]),
        ("bytes=0-1,4-5", [0..<2, 4..<6]), ("bytes=0-1, 4-5 ,-1", [0..<2, 4..<6, 9..<10]),
        ("bytes=4-5,0-1", [4..<6, 0..<2]), ("bytes=0-1,50-60", [0..<2]),
        ("bytes=0-99999999999999999999999", [0..<10]),
    ])
    func areRead(_ field: String, _ parts: [Range<Int>]) {
        #expect(ByteRanges(field, length: 10) == .parts(parts))
    }

    @Test(arguments: [
        "bytes=10-", "bytes=10-12", "bytes=50-60,70-", "bytes=-0", "bytes=99999999999999999999-",
    ])
    func areUnsatisfiable(_ field: String) {
        #expect(ByteRanges(field, length: 10) == .unsatisfiable)
    }

    @Test(arguments: [
        "bytes", "bytes=", "bytes=a-b", "bytes=5-3", "bytes=-", "bytes=1-2-3", "items=0-4", "bytes=0-4,x",
        "0-4", "bytes =0-4",
        "bytes=+1-2", "bytes= ,", "bytes=0-5,3-8",
        "bytes=\(Array(repeating: "0-0", count: 50).joined(separator: ","))",
    ])
    func areIgnored(_ field: String) {
        #expect(ByteRanges(field, length: 10) == .whole)
    }

    @Test func ofNothingAreUnsatisfiable() {
        #expect(ByteRanges("bytes=0-", length: 0) == .unsatisfiable)
        #expect(ByteRanges("bytes=-5", length: 0) == .unsatisfiable)
        #expect(ByteRanges(nil, length: 0) == .whole)
    }
}

@Suite struct PreconditionsTests {
    // 784111777 is Sun, 06 Nov 1994 08:49:37 GMT.
    private func verdict(_ headers: Headers) -> Preconditions.Verdict {
        Preconditions(headers, etag: "\"a\"", modified: 784_111_777).verdict
    }

    @Test(arguments: ["\"a\"", "W/\"a\"", "*", "\"b\", \"a\"", "\"b\",W/\"a\"", "\"x,y\", \"a\""])
    func ifNoneMatchMatches(_ value: String) {
        #expect(verdict(["If-None-Match": value]) == .notModified)
    }

    @Test(arguments: ["\"b\"", "a", "\"A\"", "\"b,a\"", ""])
    func ifNoneMatchDoesNot(_ value: String) {
        #expect(verdict(["If-None-Match": value]) == .proceed)
    }

    @Test func ifMatchIsStrong() {
        #expect(verdict(["If-Match": "\"a\""]) == .proceed)
        #expect(verdict(["If-Match": "*"]) == .proceed)
        #expect(verdict(["If-Match": "W/\"a\""]) == .failed)
        #expect(verdict(["If-Match": "\"b\""]) == .failed)
    }

    @Test func datesCountToTheSecond() {
        #expect(verdict(["If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"]) == .notModified)
        #expect(verdict(["If-Modified-Since": "Sun, 06 Nov 1994 08:49:36 GMT"]) == .proceed)
        #expect(verdict(["If-Modified-Since": "yesterday"]) == .proceed)
        #expect(verdict(["If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"]) == .proceed)
        #expect(verdict(["If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:36 GMT"]) == .failed)
    }

    @Test func tagsGoBeforeDates() {
        #expect(
            verdict(["If-None-Match": "\"b\"", "If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"])
                == .proceed)
        #expect(
            verdict(["If-Match": "\"a\"", "If-Unmodified-Since": "Sun, 06 Nov 1993 08:49:37 GMT"]) == .proceed
        )
        #expect(verdict(["If-Match": "\"b\"", "If-None-Match": "\"a\""]) == .failed)
    }

    @Test func ifRangeNamesThisVeryFile() {
        func allows(_ value: String) -> Bool {
            Preconditions(["If-Range": value], etag: "\"a\"", modified: 784_111_777).allowsRange
        }
        #expect(allows("\"a\""))
        #expect(!allows("W/\"a\""))
        #expect(!allows("\"b\""))
        #expect(allows("Sun, 06 Nov 1994 08:49:37 GMT"))
        #expect(!allows("Sun, 06 Nov 1994 08:49:38 GMT"))
    }
}

@Suite struct AcceptEncodingTests {
    @Test(arguments: [
        "gzip", "GZIP", "x-gzip", "deflate, gzip", "gzip;q=1", "gzip;q=0.001", "gzip; q=0.5", "*", "*;q=0.1",
        "br, *;q=0.1", "gzip;q=0.5, identity;q=0.5", "gzip, identity;q=0",
    ])
    func gzipIsTaken(_ value: String) { #expect(AcceptEncoding.prefersGzip([value])) }

    @Test(arguments: [
        "", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *", "gzip;q=0.5, identity",
        "gzip;q=x", "gzip;q=2", "gzip;q=0.1234",
    ])
    func gzipIsNot(_ value: String) { #expect(!AcceptEncoding.prefersGzip([value])) }
}

@Suite struct HTTPDateTests {
    @Test func isWrittenInOneWay() {
        #expect(HTTPDate.format(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.format(0) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(HTTPDate.format(1_709_164_800) == "Thu, 29 Feb 2024 00:00:00 GMT")
    }

    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun Nov 06 08:49:37 1994",
    ])
    func isReadInThree(_ text: String) { #expect(HTTPDate.parse(text) == 784_111_777) }

    @Test(arguments: [
        "", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 40 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "0",
        "-1",
        "784111777", "Foo, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun,  06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 gmt",
        "Sun, 31 Apr 1994 08:49:37 GMT", "Sun, 29 Feb 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT", "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 1994 GMT", "Sun, 06 Nov 1994 08:49:37 GMT, x",
    ])
    func nothingElseIs(_ text: String) { #expect(HTTPDate.parse(text) == nil) }

    @Test(arguments: [
        ("94", 1994), ("26", 2026), ("75", 2075), ("76", 2076), ("77", 1977), ("99", 1999), ("00", 2000),
    ])
    func twoDigitsAreAYearAtMostFiftyAhead(_ digits: String, _ year: Int) throws {
        // Of 2026-07-01.
        let read = try #require(HTTPDate.parse("Friday, 01-Mar-\(digits) 00:00:00 GMT", now: 1_782_864_000))
        #expect(HTTPDate.format(read).contains("Mar \(year)"))
    }

    @Test func roundTrips() {
        for day in stride(from: 0, to: 40_000, by: 37) {
            let time = day * 86_400 + day % 86_400
            #expect(HTTPDate.parse(HTTPDate.format(time)) == time)
        }
    }
}

@Suite struct RequestTargetTests {
    @Test(arguments: [
        ("/", "/"), ("/a/b", "/a/b"), ("/a/./b", "/a/b"), ("/a/../b", "/b"), ("/a/b/..", "/a/"),
        ("/a/.", "/a/"),
        ("/a%20b", "/a b"), ("/%2e/a", "/a"), ("/a/%2e%2e/b", "/b"), ("/a//b", "/a//b"),
        ("/.hidden", "/.hidden"),
        ("/a..b", "/a..b"), ("/...", "/..."), ("/%E2%9C%93", "/✓"), ("/a?b=/../c", "/a"),
        ("http://h/x/../y", "/y"),
    ])
    func pathsAreMadePlain(_ target: String, _ path: String) throws {
        #expect(try RequestTarget(target, method: .get).path == path)
    }

    @Test(arguments: ["/", "/a b", "/é/✓", "/100%", "/a?b#c", "/\"<>\\^`{|}", "/a+b,c:d@e;f=g"])
    func anEncodedPathIsReadAsItWas(_ path: String) throws {
        let encoded = RequestTarget.percentEncoded(path)
        if path.contains("\\") {
            #expect(encoded == "/%22%3C%3E%5C%5E%60%7B%7C%7D")
        } else {
            #expect(try RequestTarget(encoded, method: .get).path == path)
        }
    }

    @Test func onlyHTTPSDemandsTLS() throws {
        #expect(try RequestTarget("HTTPS://h/p", method: .get).isHTTPS)
        #expect(try !RequestTarget("http://h/p", method: .get).isHTTPS)
        #expect(try !RequestTarget("/p", method: .get).isHTTPS)
    }

    @Test func partsAreApart() throws {
        let target = try RequestTarget("http://h:80/p?q=1?2", method: .get)
        #expect(target.authority == "h:80")
        #expect(target.path == "/p")
        #expect(target.query == "q=1?2")
    }
}
