import COpenSSL

/// What the two sides have agreed on.
package struct WebSocketAgreement: Sendable {
    package var subprotocol: String?
    package var deflate: DeflateAgreement?
}

/// The opening handshake, server side (RFC 6455 §4.2).
package struct WebSocketHandshake {
    package enum Outcome {
        case accepted(Response, WebSocketAgreement)
        case refused(Response)
    }

    package let outcome: Outcome

    package init(_ request: Request, minorVersion: Int, options: WebSocketOptions) {
        outcome = Self.check(request, minorVersion, options)
    }

    /// Whether a client would like to speak WebSocket.
    static func isAsked(in headers: Headers) -> Bool { headers.contains("websocket", in: "Upgrade") }

    private static func check(_ request: Request, _ minorVersion: Int, _ options: WebSocketOptions) -> Outcome
    {
        let headers = request.headers
        guard request.method == .get, minorVersion == 1, isAsked(in: headers) else {
            return .refused(upgradeRequired("this address speaks WebSocket"))
        }
        guard headers.contains("upgrade", in: "Connection") else {
            return refuse(.badRequest, "the Connection field lacks: Upgrade")
        }
        let versions = headers.values(of: "Sec-WebSocket-Version")
        guard versions == ["13"] else { return .refused(upgradeRequired("the WebSocket version here is 13")) }
        let keys = headers.values(of: "Sec-WebSocket-Key")
        guard keys.count == 1, isKey(keys[0]) else {
            return refuse(.badRequest, "Sec-WebSocket-Key is not 16 bytes in base64")
        }
        let extensions = headers.values(of: "Sec-WebSocket-Extensions")
        guard let offers = ExtensionOffer.list(extensions.joined(separator: ",")) else {
            return refuse(.badRequest, "Sec-WebSocket-Extensions is malformed")
        }
        guard request.body.isEmpty else { return refuse(.badRequest, "a handshake has no content") }
        return accept(keys[0], request, offers, options)
    }

    /// Chooses a subprotocol and an extension.
    private static func accept(
        _ key: String, _ request: Request, _ offers: [ExtensionOffer], _ options: WebSocketOptions
    ) -> Outcome {
        var response = Response(.switchingProtocols)
        var agreement = WebSocketAgreement()
        response.headers.add("Upgrade", "websocket")
        response.headers.add("Connection", "Upgrade")
        response.headers.add("Sec-WebSocket-Accept", accept(key))
        let protocols = request.headers.values(of: "Sec-WebSocket-Protocol").flatMap(ASCII.list)
        if let chosen = options.subprotocols.first(where: { protocols.contains(Substring($0)) }) {
            agreement.subprotocol = chosen
            response.headers.add("Sec-WebSocket-Protocol", chosen)
        }
        if let compression = options.compression,
            let deflate = DeflateAgreement(offers: offers, options: compression)
        {
            agreement.deflate = deflate
            response.headers.add("Sec-WebSocket-Extensions", deflate.header)
        }
        return .accepted(response, agreement)
    }

    /// The proof that the key was read: base64(SHA-1(key + GUID)).
    package static func accept(_ key: String) -> String {
        var digest = [UInt8](repeating: 0, count: 20)
        let text = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
        EVP_Digest(text, text.count, &digest, nil, EVP_sha1(), nil)
        return Base64.encode(digest)
    }

    /// Sixteen bytes in base64: 22 characters and two pads. The last character carries two bits; what else it holds
    /// does not matter, or the example of RFC 6455 §4.1 would be refused.
    private static func isKey(_ key: String) -> Bool {
        let bytes = Array(key.utf8)
        return bytes.count == 24 && bytes[22] == UInt8(ascii: "=") && bytes[23] == UInt8(ascii: "=")
            && bytes[..<22].allSatisfy {
                ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
            }
    }

    private static func refuse(_ status: Status, _ reason: String) -> Outcome {
        .refused(.text(reason + "\n", status: status))
    }

    private static func upgradeRequired(_ reason: String) -> Response {
        var response = Response.text(reason + "\n", status: .upgradeRequired)
        response.headers.add("Upgrade", "websocket")
        response.headers.add("Connection", "Upgrade")
        response.headers.add("Sec-WebSocket-Version", "13")
        return response
    }
}
