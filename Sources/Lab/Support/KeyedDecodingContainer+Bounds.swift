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

    /// A flag that is false if it is left out.
    func decodeFlag(forKey key: Key) throws -> Bool {
        try decodeIfPresent(Bool.self, forKey: key) ?? false
    }
}
