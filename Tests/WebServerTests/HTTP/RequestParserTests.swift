import Testing
import WebServer

@Suite struct RequestParserTests {
    @Test(arguments: RequestCases.all)
    func understandsOrRefuses(_ example: RequestCase) {
        for pieces in feedings(of: example.bytes) {
            let result = parse(pieces)
            switch example.outcome {
            case .accepted(let count):
                #expect(result.refusal == nil)
                #expect(result.requests.count == count)
                #expect(!result.isIncomplete)
            case .refused(let status): #expect(result.refusal == status)
            case .incomplete:
                #expect(result.refusal == nil)
                #expect(result.requests.isEmpty)
                #expect(result.isIncomplete)
            }
        }
    }

    @Test func everyFeedingTellsTheSame() {
        for example in RequestCases.all {
            let ways = feedings(of: example.bytes).map { parse($0) }
            for way in ways.dropFirst() { #expect(way == ways[0], "\(example.name)") }
        }
    }

    @Test func tellsWhatWasSent() {
        let text =
            "POST /a%20b?c=d HTTP/1.1\r\nHost: example.org:80\r\nX-Empty:\r\nX-Blank: \t a  b \t\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n7;x=y\r\npedia i\r\n0\r\nDigest: z\r\n\r\n"
        for pieces in feedings(of: Array(text.utf8)) {
            let request = parse(pieces).requests.first
            #expect(request?.method == "POST")
            #expect(request?.target == "/a%20b?c=d")
            #expect(
                request?.headers == [
                    "Host: example.org:80", "X-Empty: ", "X-Blank: a  b", "Transfer-Encoding: chunked",
                ])
            #expect(request?.body == "Wikipedia i")
            #expect(request?.trailers == ["Digest: z"])
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n", true),
        ("GET / HTTP/1.0\r\n\r\n", false),
        ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true),
        ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true),
    ])
    func knowsWhetherTheConnectionStays(_ text: String, _ stays: Bool) {
        #expect(parse([Array(text.utf8)[...]]).requests.first?.keepsAlive == stays)
    }

    @Test func doesNotTrustAnnouncedLengths() {
        var limits = RequestParser.Limits()
        limits.body = 10
        let fits =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n5\r\n67890\r\n0\r\n\r\n"
        let over =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n6\r\n678901\r\n0\r\n\r\n"
        #expect(parse([Array(fits.utf8)[...]], limits: limits).requests.count == 1)
        #expect(parse([Array(over.utf8)[...]], limits: limits).refusal == 413)
    }
}
