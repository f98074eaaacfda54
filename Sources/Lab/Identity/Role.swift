/// What somebody may do in a session. The names are part of the protocol.
enum Role: String, Encodable, Sendable {
    /// Everything: the session is theirs.
    case owner
    /// Sees everything, changes nothing, and may open a copy.
    case watcher
}

/// Who opens a session.
struct Visitor: Sendable {
    /// What the session's owner is compared with.
    let key: OwnerToken.Hash
    /// Whether the key belongs to a token that the page sent, and can therefore be shown again over another connection.
    let isKept: Bool
    let client: ClientAddress

    /// - Parameter connection: Stands for a page that sends no token, so that what it makes is its own as long as its
    ///   connection lasts.
    init(token: OwnerToken?, connection: OwnerToken.Hash, client: ClientAddress) {
        key = token?.hash ?? connection
        isKept = token != nil
        self.client = client
    }
}

extension CommandError {
    /// Somebody who only watches tried to change the session.
    static let watching = CommandError(
        .watching,
        "You are watching this session. Only its owner can change it; open a copy to steer one yourself.")
}
