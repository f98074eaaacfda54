import Foundation

/// A number and its derivative along one direction (Clifford 1873): exact first derivatives in double
/// precision, by no rule that the engine uses.
struct Dual {
    var value: Double
    var slope: Double

    init(_ value: Double, _ slope: Double = 0) {
        self.value = value
        self.slope = slope
    }

    static func + (a: Dual, b: Dual) -> Dual { Dual(a.value + b.value, a.slope + b.slope) }
    static func - (a: Dual, b: Dual) -> Dual { Dual(a.value - b.value, a.slope - b.slope) }
    static func * (a: Dual, b: Dual) -> Dual {
        Dual(a.value * b.value, a.slope * b.value + a.value * b.slope)
    }
    static func * (a: Double, b: Dual) -> Dual { Dual(a * b.value, a * b.slope) }
    static func / (a: Dual, b: Dual) -> Dual {
        Dual(a.value / b.value, (a.slope * b.value - a.value * b.slope) / (b.value * b.value))
    }

    /// f(x), given f and f′ at x.
    func mapped(_ f: (Double) -> Double, _ derivative: (Double) -> Double) -> Dual {
        Dual(f(value), derivative(value) * slope)
    }

    var squareRoot: Dual { mapped({ $0.squareRoot() }, { 0.5 / $0.squareRoot() }) }
}

func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
