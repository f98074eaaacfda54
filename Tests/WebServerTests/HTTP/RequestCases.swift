import Testing

/// A piece of what a client may send, and what must come of it.
struct RequestCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Equatable, Sendable {
        /// This many requests are understood.
        case accepted(Int)
        case refused(Int)
        case incomplete
    }

    let name: String
    let bytes: [UInt8]
    let outcome: Outcome

    init(_ name: String, _ text: String, _ outcome: Outcome) {
        self.name = name
        bytes = Array(text.utf8)
        self.outcome = outcome
    }

    init(_ name: String, _ bytes: [UInt8], _ outcome: Outcome) {
        self.name = name
        self.bytes = bytes
        self.outcome = outcome
    }

    var testDescription: String { name }
}

/// Requests by the rules they keep or break, in the order of RFC 9112.
enum RequestCases {
    static var all: [RequestCase] {
        requestLines + versions + targets + targetBytes + fieldLines + fieldBytes + hosts + lengths + codings
            + chunks
            + chunkBytes
            + trailers + connections + limits + smuggling
    }

    private static func line(_ name: String, _ line: String, _ outcome: RequestCase.Outcome) -> RequestCase {
        RequestCase(name, "\(line)\r\nHost: a\r\n\r\n", outcome)
    }

    private static func field(_ name: String, _ field: String, _ outcome: RequestCase.Outcome) -> RequestCase
    {
        RequestCase(name, "GET / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n", outcome)
    }

    private static func post(_ name: String, _ fields: String, _ body: String, _ outcome: RequestCase.Outcome)
        -> RequestCase
    {
        RequestCase(name, "POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n\(body)", outcome)
    }

    private static func chunked(_ name: String, _ body: String, _ outcome: RequestCase.Outcome) -> RequestCase
    {
        post("chunked: \(name)", "Transfer-Encoding: chunked", body, outcome)
    }

    /// §3
    static let requestLines: [RequestCase] = [
        line("GET", "GET / HTTP/1.1", .accepted(1)),
        line("HEAD", "HEAD / HTTP/1.1", .accepted(1)),
        line("OPTIONS", "OPTIONS / HTTP/1.1", .accepted(1)),
        line("a method nobody knows is still a request", "BREW / HTTP/1.1", .accepted(1)),
        line("methods are tokens", "M-SEARCH!#$%&'*+.^_`|~ / HTTP/1.1", .accepted(1)),
        line("methods keep their case", "get / HTTP/1.1", .accepted(1)),
        line("no method", " / HTTP/1.1", .refused(400)),
        line("a method with a parenthesis", "GE(T / HTTP/1.1", .refused(400)),
        line("a method with a colon", "GET: / HTTP/1.1", .refused(400)),
        line("a method with a slash", "GET/ / HTTP/1.1", .refused(400)),
        line("no target", "GET HTTP/1.1", .refused(400)),
        line("an empty target", "GET  HTTP/1.1", .refused(400)),
        line("no version", "GET /", .refused(400)),
        line("two spaces after the method", "GET  / HTTP/1.1", .refused(400)),
        line("two spaces before the version", "GET /  HTTP/1.1", .refused(400)),
        line("a space in the target", "GET /a b HTTP/1.1", .refused(400)),
        line("a tab instead of a space", "GET\t/ HTTP/1.1", .refused(400)),
        line("a form feed instead of a space", "GET\u{c}/ HTTP/1.1", .refused(400)),
        line("a vertical tab before the version", "GET /\u{b}HTTP/1.1", .refused(400)),
        line("a no-break space", "GET\u{a0}/ HTTP/1.1", .refused(400)),
        line("only a method", "GET", .refused(400)),
        line("only spaces", "   ", .refused(400)),
        line("a method in quotation marks", "\"GET\" / HTTP/1.1", .refused(400)),
        line("a method with a comma", "GET,HEAD / HTTP/1.1", .refused(400)),
        line("the version first", "HTTP/1.1 GET /", .refused(400)),
        line("a status line", "HTTP/1.1 200 OK", .refused(400)),
        line("two requests in a line", "GET / HTTP/1.1 GET / HTTP/1.1", .refused(400)),
        line("a space at the end", "GET / HTTP/1.1 ", .refused(400)),
        line("a space at the beginning", " GET / HTTP/1.1", .refused(400)),
        line("a tab at the beginning", "\tGET / HTTP/1.1", .refused(400)),
        RequestCase("one empty line before", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .accepted(1)),
        RequestCase("two empty lines before", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .accepted(1)),
        RequestCase("empty lines without end", String(repeating: "\r\n", count: 50), .refused(400)),
        RequestCase("only LF before", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        RequestCase("LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n", .refused(400)),
        RequestCase("LF throughout", "GET / HTTP/1.1\nHost: a\n\n", .refused(400)),
        RequestCase(
            "CR without LF in the request line", "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        RequestCase("CR and never an LF", "GET / HTTP/1.1\rHost: a\r\r", .refused(400)),
        RequestCase("CR that may yet get its LF", "GET / HTTP/1.1\r", .incomplete),
        RequestCase("CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", .refused(400)),
        RequestCase("nothing", "", .accepted(0)),
        RequestCase("half a request line", "GET / HT", .incomplete),
        RequestCase("no empty line at the end", "GET / HTTP/1.1\r\nHost: a\r\n", .incomplete),
        RequestCase("a TLS greeting", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3], .refused(400)),
        RequestCase("binary noise", [0xff, 0xfe, 0, 1, 2, 3], .refused(400)),
        RequestCase(
            "two requests at once", "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
            .accepted(2)),
        RequestCase(
            "many requests at once", String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 20),
            .accepted(20)
        ),
    ]

    /// §2.3
    static let versions: [RequestCase] = [
        line("HTTP/1.0", "GET / HTTP/1.0", .accepted(1)),
        line("HTTP/1.2 is 1.1 and something", "GET / HTTP/1.2", .accepted(1)),
        line("HTTP/1.9", "GET / HTTP/1.9", .accepted(1)),
        line("HTTP/2.0", "GET / HTTP/2.0", .refused(505)),
        line("HTTP/3.0", "GET / HTTP/3.0", .refused(505)),
        line("HTTP/0.9 with its name", "GET / HTTP/0.9", .refused(505)),
        line("the preface of HTTP/2", "PRI * HTTP/2.0", .refused(505)),
        line("lower case", "GET / http/1.1", .refused(400)),
        line("another protocol", "GET / HTCP/1.1", .refused(400)),
        line("no slash", "GET / HTTP1.1", .refused(400)),
        line("no dot", "GET / HTTP/11", .refused(400)),
        line("one number", "GET / HTTP/1", .refused(400)),
        line("two digits before the dot", "GET / HTTP/01.1", .refused(400)),
        line("two digits after the dot", "GET / HTTP/1.10", .refused(400)),
        line("three numbers", "GET / HTTP/1.1.1", .refused(400)),
        line("a comma", "GET / HTTP/1,1", .refused(400)),
        line("a sign", "GET / HTTP/+1.1", .refused(400)),
        line("a letter", "GET / HTTP/1.x", .refused(400)),
    ]

    /// §3.2
    static let targets: [RequestCase] = [
        line("a query", "GET /?a=b&c HTTP/1.1", .accepted(1)),
        line("all that a path may hold", "GET /-._~!$&'()*+,;=:@%7f HTTP/1.1", .accepted(1)),
        line("all that a query may hold", "GET /?-._~!$&'()*+,;=:@/?%7f HTTP/1.1", .accepted(1)),
        line("percent-encoding", "GET /%41%7e HTTP/1.1", .accepted(1)),
        line("percent-encoded UTF-8", "GET /%C3%A9 HTTP/1.1", .accepted(1)),
        line("percent-encoding that is not UTF-8", "GET /%C3%28 HTTP/1.1", .refused(400)),
        line("overlong dots", "GET /%C0%AE%C0%AE/ HTTP/1.1", .refused(400)),
        line("percent and nothing", "GET /% HTTP/1.1", .refused(400)),
        line("percent and one digit", "GET /%4 HTTP/1.1", .refused(400)),
        line("percent and no digits", "GET /%zz HTTP/1.1", .refused(400)),
        line("NUL, encoded", "GET /a%00b HTTP/1.1", .refused(400)),
        line("a slash, encoded", "GET /a%2Fb HTTP/1.1", .refused(400)),
        line("a backslash", "GET /a\\b HTTP/1.1", .refused(400)),
        line("a backslash, encoded", "GET /a%5Cb HTTP/1.1", .refused(400)),
        line("dots inside the root", "GET /a/../b HTTP/1.1", .accepted(1)),
        line("dots above the root", "GET /../etc/passwd HTTP/1.1", .refused(400)),
        line("dots above the root, deeper", "GET /a/../../etc HTTP/1.1", .refused(400)),
        line("dots above the root, encoded", "GET /%2e%2e/etc HTTP/1.1", .refused(400)),
        line("dots above the root, half encoded", "GET /.%2E/etc HTTP/1.1", .refused(400)),
        line("dots and an encoded slash", "GET /..%2fetc HTTP/1.1", .refused(400)),
        line("dots and a backslash", "GET /..\\etc HTTP/1.1", .refused(400)),
        line("encoded twice is a name", "GET /%252e%252e/etc HTTP/1.1", .accepted(1)),
        line("two slashes are not a host", "GET //a/b HTTP/1.1", .accepted(1)),
        line("a fragment", "GET /#top HTTP/1.1", .refused(400)),
        line("a quotation mark", "GET /\"a\" HTTP/1.1", .refused(400)),
        line("angle brackets", "GET /<script> HTTP/1.1", .refused(400)),
        line("a fragment, encoded", "GET /%23top HTTP/1.1", .accepted(1)),
        line("a space, encoded", "GET /a%20b HTTP/1.1", .accepted(1)),
        line("a plus sign", "GET /a+b?c+d HTTP/1.1", .accepted(1)),
        line("an empty query", "GET /? HTTP/1.1", .accepted(1)),
        line("a query of question marks", "GET /??? HTTP/1.1", .accepted(1)),
        line("a query and nothing before", "GET ?a=b HTTP/1.1", .refused(400)),
        line("CR, encoded", "GET /%0d HTTP/1.1", .accepted(1)),
        line("percent and no digits in a query", "GET /?a=%zz HTTP/1.1", .refused(400)),
        line("percent and one digit in a query", "GET /?a=%4 HTTP/1.1", .refused(400)),
        line("surrogates, encoded", "GET /%ED%A0%80 HTTP/1.1", .refused(400)),
        line("beyond Unicode, encoded", "GET /%F4%90%80%80 HTTP/1.1", .refused(400)),
        line("half a character, encoded", "GET /%E2%9C HTTP/1.1", .refused(400)),
        line("asterisk and a path", "OPTIONS */a HTTP/1.1", .refused(400)),
        line("asterisk for HEAD", "HEAD * HTTP/1.1", .refused(400)),
        line("asterisk for POST", "POST * HTTP/1.1", .refused(400)),
        line("absolute for CONNECT", "CONNECT http://a:443/ HTTP/1.1", .refused(400)),
        line("absolute for OPTIONS", "OPTIONS http://a HTTP/1.1", .accepted(1)),
        line("absolute, one slash", "GET http:/a HTTP/1.1", .refused(400)),
        line("absolute, no slashes", "GET http:a HTTP/1.1", .refused(400)),
        line("absolute, only a scheme", "GET http:// HTTP/1.1", .refused(400)),
        line("absolute, port without a number", "GET http://a:/ HTTP/1.1", .accepted(1)),
        line("absolute, port too large", "GET http://a:65536/ HTTP/1.1", .refused(400)),
        line("no slash at the beginning", "GET index.html HTTP/1.1", .refused(400)),
        line("absolute", "GET http://a/b?c HTTP/1.1", .accepted(1)),
        line("absolute, upper case", "GET HTTP://A/ HTTP/1.1", .accepted(1)),
        line("absolute with a port", "GET http://a:8080/ HTTP/1.1", .accepted(1)),
        line("absolute, no path", "GET http://a HTTP/1.1", .accepted(1)),
        line("absolute, query and no path", "GET http://a?b HTTP/1.1", .accepted(1)),
        line("absolute, https", "GET https://a/ HTTP/1.1", .accepted(1)),
        line("absolute, IPv6", "GET http://[::1]:80/ HTTP/1.1", .accepted(1)),
        line("absolute, no host", "GET http:///b HTTP/1.1", .refused(400)),
        line("absolute, user information", "GET http://u:p@a/ HTTP/1.1", .refused(400)),
        line("absolute, bad port", "GET http://a:b/ HTTP/1.1", .refused(400)),
        line("absolute, another scheme", "GET ftp://a/b HTTP/1.1", .refused(400)),
        line("absolute, dots above the root", "GET http://a/../b HTTP/1.1", .refused(400)),
        line("asterisk for OPTIONS", "OPTIONS * HTTP/1.1", .accepted(1)),
        line("asterisk for GET", "GET * HTTP/1.1", .refused(400)),
        line("authority for CONNECT", "CONNECT a:443 HTTP/1.1", .accepted(1)),
        line("authority without a port", "CONNECT a HTTP/1.1", .refused(400)),
        line("a path for CONNECT", "CONNECT /a HTTP/1.1", .refused(400)),
        line("authority for GET", "GET a:80 HTTP/1.1", .refused(400)),
        RequestCase("NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        RequestCase("DEL in the target", "GET /\u{7f} HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        RequestCase("UTF-8 in the target", "GET /é HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
    ]

    /// What a URI does not hold (RFC 3986 appendix A), although some browsers send it.
    static var targetBytes: [RequestCase] {
        "\"<>[\\]^`{|}".flatMap { character in
            ["/a\(character)b", "/?a\(character)b", "http://a/\(character)"].map {
                line("\($0) as a target", "GET \($0) HTTP/1.1", .refused(400))
            }
        }
    }

    /// §5
    static let fieldLines: [RequestCase] = [
        field("a field", "X: y", .accepted(1)),
        field("no space after the colon", "X:y", .accepted(1)),
        field("blanks around the value", "X: \t y \t ", .accepted(1)),
        field("an empty value", "X:", .accepted(1)),
        field("only blanks for a value", "X:  \t ", .accepted(1)),
        field("a value with colons", "X: a:b:c", .accepted(1)),
        field("a value with obs-text", "X: caf\u{e9}", .accepted(1)),
        field("a name with every kind of mark", "X!#$%&'*+-.^_`|~1: y", .accepted(1)),
        field("the same name twice", "X: 1\r\nx: 2", .accepted(1)),
        field("a space before the colon", "X : y", .refused(400)),
        field("a tab before the colon", "X\t: y", .refused(400)),
        field("no colon", "X y", .refused(400)),
        field("no name", ": y", .refused(400)),
        field("a space in the name", "X Y: z", .refused(400)),
        field("a name with obs-text", "Xé: y", .refused(400)),
        field("a name with a parenthesis", "X(: y", .refused(400)),
        field("a name with a quotation mark", "\"X\": y", .refused(400)),
        field("a name with a slash", "X/Y: z", .refused(400)),
        field("a folded line", "X: a\r\n b", .refused(400)),
        field("a line folded with a tab", "X: a\r\n\tb", .refused(400)),
        field("folded to an empty line", "X: a\r\n \r\nY: b", .refused(400)),
        RequestCase("a blank first field line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", .refused(400)),
        field("LF inside the fields", "X: a\nY: b", .refused(400)),
        field("CR inside a value", "X: a\rY: b", .refused(400)),
        field("CR at the end of a value", "X: a\r", .refused(400)),
        RequestCase("LF for the last empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", .refused(400)),
        field("NUL in a value", "X: a\0b", .refused(400)),
        field("NUL in a name", "X\0: b", .refused(400)),
    ]

    /// §5.5 of RFC 9110: every byte, in a value and in a name.
    static let fieldBytes: [RequestCase] =
        ([1, 2, 7, 8, 0x0b, 0x0c, 0x0e, 0x1b, 0x1f, 0x7f] as [UInt8]).flatMap { byte in
            let before = Array("GET / HTTP/1.1\r\nHost: a\r\nX".utf8)
            return [
                RequestCase(
                    "control \(byte) in a value", before + Array(": a".utf8) + [byte, 13, 10, 13, 10],
                    .refused(400)),
                RequestCase(
                    "control \(byte) in a name", before + [byte] + Array(": a\r\n\r\n".utf8), .refused(400)),
            ]
        }
        + ([9, 0x20, 0x80, 0xa0, 0xff] as [UInt8]).map { byte in
            RequestCase(
                "byte \(byte) in a value",
                Array("GET / HTTP/1.1\r\nHost: a\r\nX: a".utf8) + [byte] + Array("b\r\n\r\n".utf8),
                .accepted(1))
        }

    /// §3.2 of RFC 9112, §7.2 of RFC 9110
    static let hosts: [RequestCase] =
        [
            RequestCase("no Host", "GET / HTTP/1.1\r\n\r\n", .refused(400)),
            RequestCase("no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", .accepted(1)),
            RequestCase("no Host with an absolute target", "GET http://a/ HTTP/1.1\r\n\r\n", .refused(400)),
            RequestCase("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .refused(400)),
            RequestCase(
                "two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", .refused(400)),
            RequestCase(
                "two Hosts, other case", "GET / HTTP/1.1\r\nHost: a\r\nHOST: b\r\n\r\n", .refused(400)),
            RequestCase("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", .refused(400)),
            RequestCase(
                "Host and another than the target", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", .accepted(1)),
        ]
        + [
            "a", "a.b-c.example", "a:80", "a:", "127.0.0.1:8080", "[::1]", "[::1]:8080", "a_b",
            "[2001:db8::192.0.2.1]", "a%41", "xn--caf-dma.fr",
        ].map {
            RequestCase("Host \($0)", "GET / HTTP/1.1\r\nHost: \($0)\r\n\r\n", .accepted(1))
        }
        + [
            "a b", "a,b", "a/b", "a@b", "u:p@a", "a:b", "a:80:80", "a:99999", "a:-1", "http://a", "[::1",
            "::1", "[]", "[g]",
            "[1:2]", "[::1::2]", "[:::::]", "[1.2.3.4]", "[::1]]", "[fe80::1%25eth0]", "a%zz", "a%2", "a%",
            "a%%41",
            "a#b", "a?b", "a\"b", "<a>", "a\\b", ":80",
        ].map { RequestCase("Host \($0)", "GET / HTTP/1.1\r\nHost: \($0)\r\n\r\n", .refused(400)) }

    /// §6.2
    static let lengths: [RequestCase] =
        [
            post("a length", "Content-Length: 3", "abc", .accepted(1)),
            post("a length of nothing", "Content-Length: 0", "", .accepted(1)),
            post("a length with zeros", "Content-Length: 003", "abc", .accepted(1)),
            post("a length with blanks", "Content-Length:  \t3 ", "abc", .accepted(1)),
            post("content missing", "Content-Length: 3", "ab", .incomplete),
            post(
                "another request after the content", "Content-Length: 3",
                "abcGET / HTTP/1.1\r\nHost: a\r\n\r\n", .accepted(2)),
            post("no length is no content", "X: y", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", .accepted(2)),
            post("GET may have content", "Content-Length: 1", "x", .accepted(1)),
            post("two equal lengths", "Content-Length: 3\r\nContent-Length: 3", "abc", .refused(400)),
            post("two different lengths", "Content-Length: 3\r\nContent-Length: 4", "abcd", .refused(400)),
            post("two lengths, other case", "Content-Length: 3\r\ncontent-length: 3", "abc", .refused(400)),
            post("beyond the limit", "Content-Length: 1048577", "", .refused(413)),
            post("far beyond the limit", "Content-Length: 99999999999", "", .refused(413)),
            post("the largest number", "Content-Length: 9223372036854775807", "", .refused(413)),
            post(
                "a length with many zeros", "Content-Length: \(String(repeating: "0", count: 100))3", "abc",
                .accepted(1)),
        ]
        + [
            "3, 3", "3,4", "+3", "-3", "-0", "3.0", "3e0", "0x3", "a", "3a", "3 3", "\"3\"", "", " ", "3;",
            "٣", ",", "3,",
            "18446744073709551617", "9223372036854775808", "1e99", "NaN", "\u{b}3",
        ].map { post("a length of \($0)", "Content-Length: \($0)", "abc", .refused(400)) }

    /// §6.1
    static let codings: [RequestCase] =
        [
            post("chunked", "Transfer-Encoding: chunked", "0\r\n\r\n", .accepted(1)),
            post("Chunked", "Transfer-Encoding: Chunked", "0\r\n\r\n", .accepted(1)),
            post("chunked with blanks", "Transfer-Encoding: \t chunked \t", "0\r\n\r\n", .accepted(1)),
            post("gzip, chunked", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n", .refused(501)),
            post(
                "two fields", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", "0\r\n\r\n",
                .refused(501)),
            post(
                "chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n",
                .refused(400)),
            RequestCase(
                "chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                .refused(400)),
        ]
        + [
            "identity", "gzip", "chunked, gzip", "chunked, chunked", "chunked,identity", "xchunked",
            "chunkedx", "chunk",
            "\"chunked\"", "chunked;q=1", "chunked,", ",chunked", "chunked, ,", "", "'chunked'",
            "chunked identity",
            "\u{b}chunked", "chu\0nked", "identity, chunked, identity",
        ].map { post("Transfer-Encoding \($0)", "Transfer-Encoding: \($0)", "0\r\n\r\n", .refused(400)) }

    /// §7.1
    static let chunks: [RequestCase] = [
        chunked("one", "3\r\nabc\r\n0\r\n\r\n", .accepted(1)),
        chunked("three", "1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\n\r\n", .accepted(1)),
        chunked("upper-case size", "A\r\n0123456789\r\n0\r\n\r\n", .accepted(1)),
        chunked("lower-case size", "a\r\n0123456789\r\n0\r\n\r\n", .accepted(1)),
        chunked("zeros before the size", "0003\r\nabc\r\n000\r\n\r\n", .accepted(1)),
        chunked(
            "very many zeros before the size", String(repeating: "0", count: 100) + "3\r\nabc\r\n0\r\n\r\n",
            .accepted(1)),
        chunked("a last chunk of many zeros", String(repeating: "0", count: 100) + "\r\n\r\n", .accepted(1)),
        chunked("sixteen digits", "1000000000000000\r\n", .refused(413)),
        chunked("seventeen digits", "10000000000000000\r\n", .refused(400)),
        chunked("a comma instead of a semicolon", "3,a\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a size in quotation marks", "\"3\"\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a decimal point", "3.0\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("h behind the size", "3h\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("two empty lines after the data", "3\r\nabc\r\n\r\n0\r\n\r\n", .refused(400)),
        chunked("an extension of only a semicolon and blanks", "3; \r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("text behind the last chunk", "0\r\nabc\r\n\r\n", .refused(400)),
        chunked("an extension", "3;a\r\nabc\r\n0;b=c\r\n\r\n", .accepted(1)),
        chunked("extensions with blanks", "3 ; a = b ; c\r\nabc\r\n0\r\n\r\n", .accepted(1)),
        chunked(
            "extensions that are each short and together long",
            String(repeating: "1;\(String(repeating: "a", count: 1000))\r\nx\r\n", count: 17), .refused(413)),
        chunked("a quoted extension", "3;a=\"b;\\\"c\"\r\nabc\r\n0\r\n\r\n", .accepted(1)),
        chunked("content that looks like chunks", "5\r\n0\r\n\r\n\r\n0\r\n\r\n", .accepted(1)),
        chunked("a request behind", "0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .accepted(2)),
        chunked("no last chunk", "3\r\nabc\r\n", .incomplete),
        chunked("half a chunk", "3\r\nab", .incomplete),
        chunked("no last empty line", "0\r\n", .incomplete),
        chunked("no size", "\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a negative size", "-3\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a positive size", "+3\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("0x", "0x3\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a size that is no number", "g\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a blank before the size", " 3\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a blank after the size", "3 \r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("an underscore", "1_0\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a size of 64 bits", "10000000000000003\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a size that becomes negative", "ffffffffffffffff\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a size beyond the limit", "100001\r\n", .refused(413)),
        chunked("LF after the size", "3\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("CR after the size", "3\rabc\r\n0\r\n\r\n", .refused(400)),
        chunked("LF after the data", "3\r\nabc\n0\r\n\r\n", .refused(400)),
        chunked("nothing after the data", "3\r\nabc0\r\n\r\n", .refused(400)),
        chunked("more data than announced", "3\r\nabcd\r\n0\r\n\r\n", .refused(400)),
        chunked("less data than announced", "4\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("LF at the end", "0\r\n\n", .refused(400)),
        chunked("LF inside an extension", "3;a\nb\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("CR inside an extension", "3;a\rb\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("an extension without a name", "3;\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("an extension without its value", "3;a=\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("an open quotation", "3;a=\"b\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked(
            "an extension without end", "3;" + String(repeating: "a", count: 5000) + "\r\nabc\r\n",
            .refused(400)),
    ]

    /// Every control byte in an extension.
    static let chunkBytes: [RequestCase] = ([0, 1, 8, 0x0b, 0x1f, 0x7f] as [UInt8]).map { byte in
        RequestCase(
            "chunked: control \(byte) in an extension",
            Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\"".utf8) + [byte]
                + Array("\"\r\nabc\r\n0\r\n\r\n".utf8), .refused(400))
    }

    /// §7.1.2
    static let trailers: [RequestCase] = [
        chunked("a trailer", "0\r\nX: y\r\n\r\n", .accepted(1)),
        chunked("two trailers", "1\r\na\r\n0\r\nX: y\r\nZ: w\r\n\r\n", .accepted(1)),
        chunked("framing in a trailer means nothing", "0\r\nContent-Length: 5\r\n\r\n", .accepted(1)),
        chunked("a trailer with a blank before the colon", "0\r\nX : y\r\n\r\n", .refused(400)),
        chunked("a folded trailer", "0\r\nX: y\r\n z\r\n\r\n", .refused(400)),
        chunked("a trailer without a colon", "0\r\nX\r\n\r\n", .refused(400)),
        chunked("NUL in a trailer", "0\r\nX: \0\r\n\r\n", .refused(400)),
        chunked("LF in the trailers", "0\r\nX: y\nZ: w\r\n\r\n", .refused(400)),
        chunked("trailers without end", "0\r\n" + String(repeating: "X: y\r\n", count: 200), .refused(431)),
    ]

    /// §9
    static let connections: [RequestCase] = [
        field("close", "Connection: close", .accepted(1)),
        field("keep-alive", "Connection: keep-alive", .accepted(1)),
        field("several options", "Connection: keep-alive, Upgrade, X", .accepted(1)),
        field("an upgrade nobody asked for", "Connection: Upgrade\r\nUpgrade: h2c", .accepted(1)),
        field("close in upper case", "Connection: CLOSE", .accepted(1)),
        field("an empty list", "Connection: ,", .accepted(1)),
        field("two Connection fields", "Connection: keep-alive\r\nConnection: close", .accepted(1)),
        field(
            "Keep-Alive parameters", "Connection: keep-alive\r\nKeep-Alive: timeout=5, max=100", .accepted(1)),
        field("TE", "Connection: TE\r\nTE: trailers, deflate;q=0.5", .accepted(1)),
        field("a proxy's field", "Proxy-Connection: keep-alive", .accepted(1)),
        post("100-continue", "Expect: 100-continue\r\nContent-Length: 1", "x", .accepted(1)),
    ]

    static let limits: [RequestCase] = [
        line("a long target", "GET /\(String(repeating: "a", count: 8000)) HTTP/1.1", .accepted(1)),
        line("too long a target", "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1", .refused(414)),
        RequestCase("a target without end", "GET /" + String(repeating: "a", count: 9000), .refused(414)),
        RequestCase("a method without end", String(repeating: "A", count: 9000), .refused(501)),
        line("too long a method", "\(String(repeating: "A", count: 9000)) / HTTP/1.1", .refused(501)),
        line("a long method", "\(String(repeating: "A", count: 8000)) / HTTP/1.1", .accepted(1)),
        field("a long value", "X: \(String(repeating: "a", count: 16_000))", .accepted(1)),
        field("too long a value", "X: \(String(repeating: "a", count: 17_000))", .refused(431)),
        field("a value without end", "X: \(String(repeating: "a", count: 20_000))", .refused(431)),
        field("99 more fields", (0..<99).map { "X\($0): y" }.joined(separator: "\r\n"), .accepted(1)),
        field("too many fields", (0..<120).map { "X\($0): y" }.joined(separator: "\r\n"), .refused(431)),
        field(
            "too many bytes in fields",
            (0..<50).map { "X\($0): \(String(repeating: "y", count: 400))" }.joined(separator: "\r\n"),
            .refused(431)),
    ]

    /// Messages that two parsers may take apart differently.
    static let smuggling: [RequestCase] = [
        post("CL.TE", "Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\nG", .refused(400)),
        post(
            "TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 3", "8\r\nSMUGGLED\r\n0\r\n\r\n",
            .refused(400)),
        post("TE.TE", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x", "0\r\n\r\n", .refused(400)),
        post(
            "TE.TE, first", "Transfer-Encoding: x\r\nTransfer-Encoding: chunked", "0\r\n\r\n", .refused(501)),
        post("TE with a space before the colon", "Transfer-Encoding : chunked", "0\r\n\r\n", .refused(400)),
        post("TE folded", "Transfer-Encoding:\r\n chunked", "0\r\n\r\n", .refused(400)),
        post("TE behind a bare LF", "X: y\nTransfer-Encoding: chunked", "0\r\n\r\n", .refused(400)),
        post("TE behind a bare CR", "X: y\rTransfer-Encoding: chunked", "0\r\n\r\n", .refused(400)),
        post("CL with a space before the colon", "Content-Length : 3", "abc", .refused(400)),
        post("CL with a tab before the colon", "Content-Length\t: 3", "abc", .refused(400)),
        post("CL folded", "Content-Length:\r\n 3", "abc", .refused(400)),
        post("CL behind NUL", "X: \0\r\nContent-Length: 3", "abc", .refused(400)),
        post("CL and TE identity", "Content-Length: 3\r\nTransfer-Encoding: identity", "abc", .refused(400)),
        post("TE with a quotation mark", "Transfer-Encoding: \"chunked\"", "0\r\n\r\n", .refused(400)),
        post(
            "an underscore is another field", "Content_Length: 3", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            .accepted(2)),
        chunked("a size cut by NUL", "3\0\r\nabc\r\n0\r\n\r\n", .refused(400)),
        chunked("a size of 32 bits and more", "100000003\r\nabc\r\n0\r\n\r\n", .refused(413)),
    ]
}
