/// The earlier checkpoints of a session in the store: from one of them, any step is soon reached after a restart.
enum StoredCheckpoints {
    /// Bytes for one session: a checkpoint every 1,024 steps of a 100,000-step run with the default networks.
    static let mostBytes = 4 << 20
}
