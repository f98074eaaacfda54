import Glibc

/// An open file descriptor, closed when its owner lets go of it.
struct Descriptor: ~Copyable {
    let raw: Int32

    /// Takes over `raw`, the result of `call`; a negative one is an error.
    init(_ raw: Int32, from call: String) throws(SystemError) {
        guard raw >= 0 else { throw SystemError(call) }
        self.raw = raw
    }

    deinit { _ = close(raw) }
}
