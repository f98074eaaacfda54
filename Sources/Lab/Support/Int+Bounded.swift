extension Int {
    /// The nearest number within `bounds`: for what may be anything and must not stop the rest from being read.
    func bounded(by bounds: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, bounds.lowerBound), bounds.upperBound)
    }
}
