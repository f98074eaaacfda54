/// How long a text may be that somebody writes and others are shown.
///
/// One character may be a letter with a million marks on it, so what it is made of is limited too.
package struct TextLimit: Sendable {
    let characters: ClosedRange<Int>
    /// Unicode scalars: four a character, which is what most emoji and any letter with its marks take.
    private var scalars: Int { 4 * characters.upperBound }
    /// In UTF-8.
    private var bytes: Int { 8 * characters.upperBound }

    package init(_ characters: ClosedRange<Int>) {
        self.characters = characters
    }

    /// What would be right, as in "at most 80 characters, not 81"; nil if the text is.
    package func complaint(about text: String) -> String? {
        // Counting characters takes time in proportion to the bytes, so these come first.
        if text.utf8.count > bytes { return "at most \(bytes) bytes, not \(text.utf8.count)" }
        if text.unicodeScalars.count > scalars {
            return "at most \(scalars) code points, not \(text.unicodeScalars.count)"
        }
        let count = text.count
        if count < characters.lowerBound {
            return "at least \(characters.lowerBound) characters, not \(count)"
        }
        if count > characters.upperBound {
            return "at most \(characters.upperBound) characters, not \(count)"
        }
        return nil
    }

    /// As much of a text as may be, for one that was kept before there was a limit.
    package func shortened(_ text: String) -> String {
        if text.utf8.count <= characters.upperBound { return text }
        var size = 0
        let kept = text.unicodeScalars.prefix(scalars).prefix { scalar in
            size += UTF8.width(scalar)
            return size <= bytes
        }
        return String(String(String.UnicodeScalarView(kept)).prefix(characters.upperBound))
    }
}
