// Columns of text without a formatter.

extension String {
    /// Spaces after it, up to `width`.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// Spaces before it, up to `width`.
    func aligned(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

extension Double {
    /// The number with this many decimals, right-aligned.
    func shown(width: Int, _ decimals: Int) -> String {
        guard isFinite, magnitude < 1e15 else { return "\(self)".aligned(to: width) }
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((magnitude * Double(scale)).rounded())
        let fraction = "\(scaled % scale)"
        let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
        let sign = self < 0 && scaled > 0 ? "-" : ""
        let text = decimals == 0 ? "\(sign)\(scaled)" : "\(sign)\(scaled / scale).\(zeros)\(fraction)"
        return text.aligned(to: width)
    }
}
