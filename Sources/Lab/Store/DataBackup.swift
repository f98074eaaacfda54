/// A copy of everything that is kept.
public enum DataBackup {
    /// Writes a consistent copy of a data folder's database to a new file. The error says in one line what is wrong.
    public static func write(folder: String, to file: String) throws {
        try SQLiteStore.backup(folder: folder, to: file)
    }
}
