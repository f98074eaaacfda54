/// A number as its shortest decimal digits: digits · 10^exponent.
///
/// People choose 0.003, not its 53 bits. The shortest digits that give back the same bits are short for numbers that
/// people choose and still exact for all others.
struct Decimal: Hashable {
    let digits: Int64
    let exponent: Int64

    init(digits: Int64, exponent: Int64) {
        self.digits = digits
        self.exponent = exponent
    }

    /// Nil for what decimals cannot say: −0, infinity, not a number.
    init?(_ number: Double) {
        guard number.isFinite, !(number.isZero && number.sign == .minus) else { return nil }
        let parts = number.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        guard var digits = Int64(mantissa[0] + fraction),
            var exponent = Int64(parts.count > 1 ? parts[1] : "0")
        else { return nil }
        exponent -= Int64(fraction.count)
        while digits != 0, digits.isMultiple(of: 10) {
            digits /= 10
            exponent += 1
        }
        self.init(digits: digits, exponent: digits == 0 ? 0 : exponent)
    }

    /// The nearest number; nil if it is too large for one.
    var number: Double? {
        Double("\(digits)e\(exponent)").flatMap { $0.isFinite ? $0 : nil }
    }
}
