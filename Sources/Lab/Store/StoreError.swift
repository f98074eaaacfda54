/// Why the store could not do what it was asked. `description` is one line for a person.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    case diskFull
    /// The system could not write, and did not say that there is no room.
    case unwritable
    case readOnly(path: String)
    /// The data folder belongs to another user than the one the program runs as, both by number.
    case foreign(path: String, owner: UInt32, user: UInt32)
    case cannotOpen(path: String, reason: String)
    /// Another process is using the data folder.
    case inUse(path: String)
    /// The database file is damaged.
    case corrupted(path: String)
    /// The database was written by a later version of GAN Lab.
    case newer(path: String)
    /// The configured number of bytes is used up.
    case overQuota(used: Int, limit: Int)
    /// Somebody has as many experiments in the gallery as one may have.
    case tooMany(limit: Int)
    /// All who save from one address have as many as one address may have.
    case tooManyFromAddress(limit: Int)
    case alreadyExists(path: String)
    /// A change refers to a session or an experiment that is not in the store.
    case unknown(id: String)
    /// What is stored under this name is nothing that this version can run or show.
    case unreadable(id: String)
    /// More is waiting to be written than memory should hold.
    case overloaded
    /// The lab has been stopped.
    case closed
    case failed(reason: String)

    package var description: String {
        switch self {
        case .diskFull:
            "The disk is full. Nothing was lost; free some space, and the lab goes on writing."
        case .unwritable:
            "The disk cannot be written to. Nothing was lost; the lab goes on trying."
        case .readOnly(let path):
            "The data folder '\(path)' cannot be written to."
        case .foreign(let path, let owner, let user):
            "The data folder '\(path)' belongs to user \(owner), and this program runs as user \(user), who may not "
                + "write there. Give it to that user (chown -R \(user) '\(path)'), or run the program as its owner "
                + "(in Docker: --user \(owner))."
        case .cannotOpen(let path, let reason):
            "The data folder '\(path)' cannot be used: \(reason)."
        case .inUse(let path):
            "Another GAN Lab is already using the data folder '\(path)'."
        case .corrupted(let path):
            "The database '\(path)' is damaged."
        case .newer(let path):
            "The database '\(path)' was written by a newer version of GAN Lab."
        case .overQuota(let used, let limit):
            "The store is full: \(used) of \(limit) bytes are used. Delete something you saved, or raise the quota."
        case .tooMany(let limit):
            "You have \(limit) experiments in the gallery, as many as one may have. Delete some of them first."
        case .tooManyFromAddress(let limit):
            "There are \(limit) experiments from your address in the gallery, as many as one address may have. "
                + "Delete some of them first."
        case .alreadyExists(let path):
            "The file '\(path)' exists already and is not overwritten."
        case .unknown(let id):
            "There is nothing stored under '\(id)'."
        case .unreadable(let id):
            "What is stored under '\(id)' cannot be read."
        case .overloaded:
            "Too much is waiting to be stored. Try again in a moment."
        case .closed:
            "The lab is being stopped. Nothing was lost; try again when it runs."
        case .failed(let reason):
            "The store failed: \(reason)."
        }
    }
}

extension CommandError {
    package init(_ error: StoreError) {
        switch error {
        case .unknown: self.init(.notFound, error.description)
        case .tooMany, .tooManyFromAddress: self.init(.tooMany, error.description)
        default: self.init(.unavailable, error.description)
        }
    }
}
