import Glibc

/// Where messages go that are not the answer.
struct StandardError: Sendable {
    /// Is written at once.
    func write(_ string: String) {
        var text = string
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Whether a person sees it.
    var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
