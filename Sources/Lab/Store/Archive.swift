/// Where the lab keeps things: a store on disk, or one in memory that ends with the program.
struct Archive: Sendable {
    let queue: StoreQueue
    let limits: StoreLimits
    /// Whether what is kept outlives the program. Sessions are only written down if it does.
    let isLasting: Bool
    /// What a person should know about how the store was opened.
    let notices: [String]

    /// A folder, or memory if nil.
    init(folder: String?, limits: StoreLimits = StoreLimits()) throws(StoreError) {
        let store: SQLiteStore
        if let folder {
            store = try SQLiteStore(folder: folder, limits: limits)
        } else {
            store = try SQLiteStore(limits: limits)
        }
        queue = StoreQueue(store)
        self.limits = limits
        notices = store.notices
        isLasting = folder != nil
    }
}
