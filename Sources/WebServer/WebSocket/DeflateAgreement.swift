/// The parameters of permessage-deflate on one connection (RFC 7692 §7.1).
package struct DeflateAgreement: Equatable, Sendable {
    package var serverKeepsContext = true
    package var clientKeepsContext = true
    package var serverWindowBits = 15
    package var clientWindowBits = 15
    /// Whether the client said that it understands a limit on its window.
    private var clientAcceptsWindow = false
    /// Whether the client demanded a limit on the server's, which then has to be confirmed (§7.1.2.1).
    private var clientLimitsServer = false

    /// Takes the first acceptable offer; nil if there is none.
    package init?(offers: [ExtensionOffer], options: DeflateOptions) {
        for offer in offers {
            if let agreement = Self.accept(offer, options) {
                self = agreement
                return
            }
        }
        return nil
    }

    private init() {}

    /// The field of the response.
    package var header: String {
        var text = "permessage-deflate"
        if !serverKeepsContext { text += "; server_no_context_takeover" }
        if !clientKeepsContext { text += "; client_no_context_takeover" }
        if clientLimitsServer || serverWindowBits < 15 {
            text += "; server_max_window_bits=\(serverWindowBits)"
        }
        if clientAcceptsWindow, clientWindowBits < 15 {
            text += "; client_max_window_bits=\(clientWindowBits)"
        }
        return text
    }

    /// Checks one offer; unknown, repeated or malformed parameters decline it (§7.1).
    private static func accept(_ offer: ExtensionOffer, _ options: DeflateOptions) -> DeflateAgreement? {
        guard offer.name == "permessage-deflate" else { return nil }
        var agreement = DeflateAgreement()
        agreement.serverWindowBits = options.windowBits
        agreement.serverKeepsContext = options.contextTakeover
        agreement.clientKeepsContext = options.contextTakeover
        var seen: Set<String> = []
        for parameter in offer.parameters {
            guard seen.insert(parameter.name).inserted else { return nil }
            switch (parameter.name, parameter.value) {
            case ("server_no_context_takeover", nil): agreement.serverKeepsContext = false
            case ("client_no_context_takeover", nil): agreement.clientKeepsContext = false
            case ("client_max_window_bits", nil): agreement.clientAcceptsWindow = true
            case ("client_max_window_bits", let value?):
                guard let bits = windowBits(value) else { return nil }
                agreement.clientAcceptsWindow = true
                agreement.clientWindowBits = bits
            case ("server_max_window_bits", let value?):
                // zlib cannot compress with a window of 256 bytes, so an offer that demands it is declined.
                guard let bits = windowBits(value), bits > 8 else { return nil }
                agreement.clientLimitsServer = true
                agreement.serverWindowBits = min(bits, options.windowBits)
            default: return nil
            }
        }
        return agreement
    }

    /// 8 to 15, without leading zeros.
    private static func windowBits(_ text: String) -> Int? {
        guard text.first != "0", let bits = ASCII.number(text), (8...15).contains(bits) else { return nil }
        return bits
    }
}
