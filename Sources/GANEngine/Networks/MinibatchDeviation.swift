import CKernels

/// Minibatch standard deviation (Karras et al. 2018, section 3): one number that says how much the samples of
/// a minibatch differ, handed to the discriminator's last hidden layer as one more feature of every sample. A
/// generator that has collapsed is then easily found out. (After that layer it would merely add the same
/// number to all logits, and does not help.)
///
/// s = mean over features f of √(variance of f over the minibatch + ε).
///
/// In double precision throughout: the features of a squashing layer differ by little, and what counts here is how
/// they differ.
struct MinibatchDeviation {
    static let epsilon = 1e-8

    /// Features in; the feature out has the index `features`.
    let features: Int
    /// Samples; those that only pad the last tile do not count.
    let count: Int

    var tiles: Int { tileCount(count) }

    /// Writes s behind the features of every sample, and returns it.
    @discardableResult
    func forward(_ panel: Panel) -> Float {
        var sum = 0.0
        for feature in 0..<features { sum += moments(panel, feature).deviation }
        return fill(panel, with: sum / Double(features))
    }

    /// Adds to each feature's gradient what flows back through s.
    func backward(_ panel: Panel, _ delta: Panel) {
        let total = sum(delta, features)
        for feature in 0..<features {
            let (mean, deviation) = moments(panel, feature)
            let factor = total / (Double(features) * Double(count) * deviation)
            let (values, gradient) = (panel.column(feature), delta.column(feature))
            for sample in 0..<count { gradient[sample] += Float(factor * (Double(values[sample]) - mean)) }
        }
    }

    /// The derivative of ``forward(_:)`` when the features move: ṡ = mean over f of mean(c ċ) / σ, c = a −
    /// mean a.
    func forward(_ panel: Panel, along dot: Panel) {
        var sum = 0.0
        for feature in 0..<features {
            sum += derivative(panel, dot, feature, moments(panel, feature)).deviation
        }
        fill(dot, with: sum / Double(features))
    }

    /// ``backward(_:_:)``, and its derivative when features and gradient move.
    func backward(_ panel: Panel, along dot: Panel, _ delta: Panel, derivative deltaDot: Panel) {
        let scale = 1 / (Double(features) * Double(count))
        let (total, totalDot) = (sum(delta, features) * scale, sum(deltaDot, features) * scale)
        for feature in 0..<features {
            let moments = moments(panel, feature)
            let moving = derivative(panel, dot, feature, moments)
            let factor = total / moments.deviation
            let change = (totalDot - factor * moving.deviation) / moments.deviation
            let (values, dots) = (panel.column(feature), dot.column(feature))
            let (gradient, gradientDot) = (delta.column(feature), deltaDot.column(feature))
            for sample in 0..<count {
                let c = Double(values[sample]) - moments.mean
                let cDot = Double(dots[sample]) - moving.mean
                gradient[sample] += Float(factor * c)
                gradientDot[sample] += Float(change * c + factor * cDot)
            }
        }
    }

    /// A feature's mean, and its standard deviation.
    private typealias Moments = (mean: Double, deviation: Double)

    private func moments(_ panel: Panel, _ feature: Int) -> Moments {
        let values = panel.column(feature)
        let mean = sum(panel, feature) / Double(count)
        var squares = 0.0
        for sample in 0..<count {
            let distance = Double(values[sample]) - mean
            squares += distance * distance
        }
        return (mean, (squares / Double(count) + Self.epsilon).squareRoot())
    }

    /// The derivatives of a feature's mean and standard deviation.
    private func derivative(_ panel: Panel, _ dot: Panel, _ feature: Int, _ moments: Moments) -> Moments {
        let (values, dots) = (panel.column(feature), dot.column(feature))
        var products = 0.0
        for sample in 0..<count {
            products += (Double(values[sample]) - moments.mean) * Double(dots[sample])
        }
        return (sum(dot, feature) / Double(count), products / Double(count) / moments.deviation)
    }

    private func sum(_ panel: Panel, _ feature: Int) -> Double {
        let values = panel.column(feature)
        var sum = 0.0
        for sample in 0..<count { sum += Double(values[sample]) }
        return sum
    }

    /// Makes a number the last feature of every sample.
    @discardableResult
    private func fill(_ panel: Panel, with number: Double) -> Float {
        for tile in 0..<tiles {
            panel.row(features, tile: tile).update(repeating: Float(number), count: tileWidth)
        }
        return Float(number)
    }
}

/// One feature of all samples of a minibatch.
private struct Column {
    let start: UnsafeMutablePointer<Float>
    let stride: Int

    @inline(__always)
    subscript(sample: Int) -> Float {
        get { start[sample / tileWidth * stride + sample % tileWidth] }
        nonmutating set { start[sample / tileWidth * stride + sample % tileWidth] = newValue }
    }
}

extension Panel {
    fileprivate func column(_ feature: Int) -> Column {
        Column(start: row(feature, tile: 0), stride: Int(stride))
    }
}
