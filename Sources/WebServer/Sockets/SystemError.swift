import Glibc

/// A system call that failed, and why.
public struct SystemError: Error, CustomStringConvertible, Sendable {
    /// The name of the call, such as `bind`.
    public let call: String
    /// The value of `errno` after it.
    public let code: Int32

    /// Takes `errno` as it stands: make it the first thing after the failing call.
    init(_ call: String) {
        self.call = call
        code = errno
    }

    /// For example `bind: Address already in use`.
    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}
