extension OptimizerSettings {
    /// The learning rate during step `step`, from 0.
    public func rate(at step: Int) -> Double {
        switch schedule {
        case .constant:
            return learningRate
        case .cosine:
            // Loshchilov and Hutter 2017, without restarts.
            let progress = min(1, Double(step) / Double(period))
            return learningRate * (factor + (1 - factor) * (1 + cosine(ofHalfTurns: progress)) / 2)
        case .stepwise:
            return learningRate * power(factor, step / period)
        }
    }
}

/// xⁿ, n ≥ 0, by squaring: the same bits on every machine, which a mathematics library does not promise.
func power(_ x: Double, _ n: Int) -> Double {
    var (result, square, left) = (1.0, x, n)
    while left > 0 {
        if left & 1 == 1 { result *= square }
        square *= square
        left >>= 1
    }
    return result
}

/// cos πx for x in [0, 1], to double precision: the Taylor series on [0, π/2], mirrored.
func cosine(ofHalfTurns x: Double) -> Double {
    if x > 0.5 { return -cosine(ofHalfTurns: 1 - x) }
    let square = (x * Double.pi) * (x * Double.pi)
    var (sum, term) = (1.0, 1.0)
    for n in 1...12 {
        term *= -square / Double((2 * n - 1) * (2 * n))
        sum += term
    }
    return sum
}
