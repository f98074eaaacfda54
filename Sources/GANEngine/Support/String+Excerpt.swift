extension StringProtocol {
    /// The text if it has at most `count` Unicode scalars, else so many of them and an ellipsis: what a message quotes of
    /// something that somebody sent. Counted in scalars because one character may be megabytes of combining marks.
    package func excerpt(_ count: Int) -> String {
        var scalars = String.UnicodeScalarView(unicodeScalars.prefix(count + 1))
        guard scalars.count > count else { return String(self) }
        scalars.removeLast()
        return String(scalars) + "…"
    }
}
