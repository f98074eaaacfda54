/// One member of a Sec-WebSocket-Extensions field (RFC 6455 §9.1): an extension that the client would like, and how.
package struct ExtensionOffer: Equatable {
    package let name: String
    package private(set) var parameters: [Parameter] = []

    package struct Parameter: Equatable {
        package let name: String
        package let value: String?
    }

    /// The members of the field in order; nil if it breaks the grammar, which fails the handshake.
    package static func list(_ field: String) -> [ExtensionOffer]? {
        Array(field.utf8).withUnsafeBytes { bytes in
            var scanner = FieldScanner(bytes)
            var offers: [ExtensionOffer] = []
            repeat {
                scanner.skipBlanks()
                // A list may have empty members (RFC 9110 §5.6.1).
                if scanner.isAtEnd || scanner.isBefore(",") { continue }
                guard let offer = ExtensionOffer(&scanner) else { return nil }
                offers.append(offer)
            } while scanner.skip(",")
            return scanner.isAtEnd ? offers : nil
        }
    }

    /// `extension-token *( ";" extension-param )`
    private init?(_ scanner: inout FieldScanner) {
        guard let name = scanner.token() else { return nil }
        self.name = name
        scanner.skipBlanks()
        while scanner.skip(";") {
            scanner.skipBlanks()
            guard let parameter = Parameter(&scanner) else { return nil }
            parameters.append(parameter)
            scanner.skipBlanks()
        }
    }
}

extension ExtensionOffer.Parameter {
    /// `token [ "=" ( token / quoted-string ) ]`, where what is quoted must be a token, too.
    fileprivate init?(_ scanner: inout FieldScanner) {
        guard let name = scanner.token() else { return nil }
        self.name = name
        scanner.skipBlanks()
        guard scanner.skip("=") else {
            value = nil
            return
        }
        scanner.skipBlanks()
        guard let text = scanner.isBefore("\"") ? scanner.quoted() : scanner.token(), !text.isEmpty,
            text.utf8.allSatisfy(ASCII.isToken)
        else { return nil }
        value = text
    }
}
