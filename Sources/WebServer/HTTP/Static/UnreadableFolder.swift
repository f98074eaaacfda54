/// The folder to be served cannot be read.
public struct UnreadableFolder: Error, CustomStringConvertible, Sendable {
    /// The folder, as it was named.
    public let path: String

    /// The line to print.
    public var description: String { "the folder \(path) cannot be read" }
}
