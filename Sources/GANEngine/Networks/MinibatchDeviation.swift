import CKernels

/// Minibatch standard deviation (Karras et al. 2018, section 3): one number that says how much the samples of
/// a minibatch differ, handed to the discriminator's last layer as one more feature of every sample. A
/// generator that has collapsed is then easily found out.
///
/// s = mean over features f of √(variance of f over the minibatch + ε).
struct MinibatchDeviation {
    static let epsilon: Float = 1e-8

    /// Features in; the feature out has the index `features`.
    let features: Int
    /// Samples; those that only pad the last tile do not count.
    let count: Int

    var tiles: Int { tileCount(count) }

    /// Writes s behind the features of every sample, and returns it.
    @discardableResult
    func forward(_ panel: Panel) -> Float {
        var sum: Float = 0
        for feature in 0..<features { sum += moments(panel, feature).deviation }
        let deviation = sum / Float(features)
        for tile in 0..<tiles {
            panel.row(features, tile: tile).update(repeating: deviation, count: tileWidth)
        }
        return deviation
    }

    /// Adds to each feature's gradient what flows back through s.
    func backward(_ panel: Panel, _ delta: Panel) {
        let total = sum(delta, features)
        for feature in 0..<features {
            let (mean, deviation) = moments(panel, feature)
            let factor = total / (Float(features) * Float(count) * deviation)
            forEachSample { tile, lane in
                delta.row(feature, tile: tile)[lane] += factor * (panel.row(feature, tile: tile)[lane] - mean)
            }
        }
    }

    /// The derivative of ``forward(_:)`` when the features move: ṡ = mean over f of mean(c ċ) / σ, c = a −
    /// mean a.
    func forward(_ panel: Panel, along dot: Panel) {
        var sum: Float = 0
        for feature in 0..<features { sum += derivative(panel, dot, feature).deviation }
        let derivative = sum / Float(features)
        for tile in 0..<tiles {
            dot.row(features, tile: tile).update(repeating: derivative, count: tileWidth)
        }
    }

    /// ``backward(_:_:)``, and its derivative when features and gradient move.
    func backward(_ panel: Panel, along dot: Panel, _ delta: Panel, derivative deltaDot: Panel) {
        let scale = 1 / (Float(features) * Float(count))
        let (total, totalDot) = (sum(delta, features) * scale, sum(deltaDot, features) * scale)
        for feature in 0..<features {
            let (mean, deviation) = moments(panel, feature)
            let moving = derivative(panel, dot, feature)
            let factor = total / deviation
            let change = totalDot / deviation - factor * moving.deviation / deviation
            forEachSample { tile, lane in
                let c = panel.row(feature, tile: tile)[lane] - mean
                let cDot = dot.row(feature, tile: tile)[lane] - moving.mean
                delta.row(feature, tile: tile)[lane] += factor * c
                deltaDot.row(feature, tile: tile)[lane] += change * c + factor * cDot
            }
        }
    }

    /// The derivatives of a feature's mean and standard deviation.
    private func derivative(_ panel: Panel, _ dot: Panel, _ feature: Int) -> (mean: Float, deviation: Float) {
        let (mean, deviation) = moments(panel, feature)
        var products: Float = 0
        forEachSample { tile, lane in
            products += (panel.row(feature, tile: tile)[lane] - mean) * dot.row(feature, tile: tile)[lane]
        }
        return (sum(dot, feature) / Float(count), products / Float(count) / deviation)
    }

    private func moments(_ panel: Panel, _ feature: Int) -> (mean: Float, deviation: Float) {
        let mean = sum(panel, feature) / Float(count)
        var squares: Float = 0
        forEachSample { tile, lane in
            let distance = panel.row(feature, tile: tile)[lane] - mean
            squares += distance * distance
        }
        return (mean, (squares / Float(count) + Self.epsilon).squareRoot())
    }

    private func sum(_ panel: Panel, _ feature: Int) -> Float {
        var sum: Float = 0
        forEachSample { tile, lane in sum += panel.row(feature, tile: tile)[lane] }
        return sum
    }

    @inline(__always)
    private func forEachSample(_ body: (_ tile: Int, _ lane: Int) -> Void) {
        for sample in 0..<count { body(sample / tileWidth, sample % tileWidth) }
    }
}
