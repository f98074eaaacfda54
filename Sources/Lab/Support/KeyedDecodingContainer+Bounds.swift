extension KeyedDecodingContainer {
    /// An integer that must lie in `bounds`.
    func decode(forKey key: Key, in bounds: ClosedRange<Int>) throws -> Int {
        let value = try decode(Int.self, forKey: key)
        guard bounds.contains(value) else {
            throw CommandError(
                .outOfRange, path: key.stringValue,
                "\(key.stringValue) must be between \(bounds.lowerBound) and \(bounds.upperBound), not \(value)."
            )
        }
        return value
    }

    /// An integer that must lie in `bounds`, or the default if it is left out.
    func decode(forKey key: Key, in bounds: ClosedRange<Int>, default value: Int) throws -> Int {
        contains(key) ? try decode(forKey: key, in: bounds) : value
    }

    /// A text of limited length, or nil if it is left out.
    func decodeIfPresent(forKey key: Key, within limit: TextLimit) throws -> String? {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
        if let complaint = limit.complaint(about: text) {
            throw CommandError(
                .outOfRange, path: key.stringValue, "\(key.stringValue) must have \(complaint).")
        }
        return text
    }

    /// A flag that is false if it is left out.
    func decodeFlag(forKey key: Key) throws -> Bool {
        try decodeIfPresent(Bool.self, forKey: key) ?? false
    }
}
