import Testing
import WebServer

/// What a server believes of what proxies in front of it say.
@Suite("Behind a proxy") struct ForwardingTests {
    private func server(proxies: [String] = []) throws -> TestServer {
        var router = Router()
        router.get("/who") { request, responder in
            responder.send(.text("\(request.clientAddress) through \(request.remoteAddress)"))
        }
        return try TestServer(router) {
            $0.access.trustedProxies = proxies.compactMap { AddressRange($0) }
        }
    }

    @Test(
        "The client is the last address in X-Forwarded-For that is not a trusted proxy's",
        arguments: [
            ("", "127.0.0.1"), ("X-Forwarded-For: 192.0.2.7", "192.0.2.7"),
            ("X-Forwarded-For: 192.0.2.7:4711", "192.0.2.7"),
            ("X-Forwarded-For: 2001:db8::7", "2001:db8::7"),
            ("X-Forwarded-For: [2001:db8::7]:4711", "2001:db8::7"),
            ("X-Forwarded-For: 10.1.1.1, 192.0.2.7", "192.0.2.7"),
            ("X-Forwarded-For: 127.0.0.1, 192.0.2.7, 127.0.0.1", "192.0.2.7"),
            ("X-Forwarded-For: 192.0.2.7, 10.200.3.4", "192.0.2.7"),
            ("X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-For: 198.51.100.2", "198.51.100.2"),
            ("X-Forwarded-For: 192.0.2.7, somebody", "127.0.0.1"),
            ("X-Forwarded-For: somebody, 192.0.2.7", "192.0.2.7"), ("X-Forwarded-For:", "127.0.0.1"),
        ])
    func client(_ field: String, _ client: String) throws {
        let server = try server(proxies: ["10.200.0.0/16"])
        let answer = server.get("/who", field.isEmpty ? "" : field + "\r\n")
        #expect(answer?.text == "\(client) through 127.0.0.1")
    }

    @Test("Which addresses a range holds is asked bit by bit")
    func ranges() throws {
        let cases = [
            ("10.0.0.0/8", "10.255.1.1", true), ("10.0.0.0/8", "11.0.0.1", false),
            ("192.0.2.128/25", "192.0.2.200", true), ("192.0.2.128/25", "192.0.2.100", false),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false),
            ("0.0.0.0/0", "203.0.113.1", true), ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false),
            ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
            ("2001:db8::/127", "2001:db8::1", true), ("2001:db8::/127", "2001:db8::2", false),
        ]
        for (range, address, isInside) in cases {
            let chain = "X-Forwarded-For: 198.51.100.99, \(address)\r\n"
            let answer = try server(proxies: [range]).get("/who", chain)?.text
            let client = isInside ? "198.51.100.99" : address
            #expect(answer == "\(client) through 127.0.0.1", "\(address) in \(range)")
        }
        for text in ["", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "example.org", "10.0.0.0/8/8"] {
            #expect(AddressRange(text) == nil, "\(text)")
        }
    }
}
