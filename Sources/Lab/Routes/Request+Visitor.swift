import WebServer

extension Request {
    /// Whose browser asks, as the field `X-Owner` says: never part of an address, and so of no log and no Referer.
    var owner: OwnerToken? { headers["X-Owner"].flatMap(OwnerToken.init) }

    /// From where it comes.
    var client: ClientAddress { ClientAddress(clientAddress) }
}
