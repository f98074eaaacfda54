/// Spectral normalisation (Miyato et al. 2018): every weight matrix W is used as W̄ = W / σ, where σ, its
/// largest singular value, is followed by one power iteration an update.
///
/// With u and v the singular vectors, σ = uᵀ W v, and as in the paper (equation 12) u and v count as
/// constants when gradients are taken: ∂L/∂W = (G − ⟨G, W̄⟩ u vᵀ) / σ, G = ∂L/∂W̄.
final class SpectralNormalization {
    private let shape: NetworkShape
    private let weights: FloatBuffer
    /// u of every layer, one after the other; it outlives updates.
    private let left: FloatBuffer
    /// v of every layer, and each layer's σ.
    private let right: FloatBuffer
    private var singularValues: [Float]
    /// W̄ and the biases: what the network works with.
    let normalized: FloatBuffer

    /// Numbers that u takes for all layers together.
    static func leftCount(_ shape: NetworkShape) -> Int { shape.layers.reduce(0) { $0 + $1.outputs } }

    init(_ shape: NetworkShape, weights: FloatBuffer, left: FloatBuffer) {
        self.shape = shape
        self.weights = weights
        self.left = left
        right = FloatBuffer(shape.layers.reduce(0) { $0 + $1.inputs })
        singularValues = shape.layers.map { _ in 1 }
        normalized = FloatBuffer(weights.count)
    }

    /// Follows the weights: `iterations` power iterations, then W̄. None leaves u where it is.
    func normalize(iterations: Int) {
        normalized.base.update(from: weights.base, count: weights.count)
        forEachLayer { index, layer, u, v in
            let w = weights.base + layer.weights
            multiplyTransposed(w, layer, u, v)
            normalizeLength(v, layer.inputs)
            for _ in 0..<iterations {
                multiply(w, layer, v, u)
                normalizeLength(u, layer.outputs)
                multiplyTransposed(w, layer, u, v)
                normalizeLength(v, layer.inputs)
            }
            var sigma: Float = 0
            for row in 0..<layer.outputs { sigma += u[row] * dot(w + row * layer.inputs, v, layer.inputs) }
            singularValues[index] = max(sigma, Self.smallest)
            let w̄ = normalized.base + layer.weights
            for place in 0..<layer.outputs * layer.inputs { w̄[place] /= singularValues[index] }
        }
    }

    /// Turns the gradient by W̄ into the gradient by W, in place.
    func pullBack(_ gradient: FloatBuffer) {
        forEachLayer { index, layer, u, v in
            let size = layer.outputs * layer.inputs
            let g = gradient.base + layer.weights
            let along = dot(g, normalized.base + layer.weights, size)
            let scale = 1 / singularValues[index]
            for row in 0..<layer.outputs {
                let part = along * u[row]
                for column in 0..<layer.inputs {
                    let place = row * layer.inputs + column
                    g[place] = (g[place] - part * v[column]) * scale
                }
            }
        }
    }

    /// A matrix of zeros stays one, and divides nothing by zero.
    private static let smallest: Float = 1e-12

    private func forEachLayer(
        _ body: (
            _ index: Int, _ layer: NetworkShape.Layer, _ u: UnsafeMutablePointer<Float>,
            _ v: UnsafeMutablePointer<Float>
        ) -> Void
    ) {
        var (u, v) = (left.base, right.base)
        for (index, layer) in shape.layers.enumerated() {
            body(index, layer, u, v)
            u += layer.outputs
            v += layer.inputs
        }
    }
}

/// out = W x
private func multiply(
    _ w: UnsafePointer<Float>, _ layer: NetworkShape.Layer, _ x: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>
) {
    for row in 0..<layer.outputs { out[row] = dot(w + row * layer.inputs, x, layer.inputs) }
}

/// out = Wᵀ x
private func multiplyTransposed(
    _ w: UnsafePointer<Float>, _ layer: NetworkShape.Layer, _ x: UnsafePointer<Float>,
    _ out: UnsafeMutablePointer<Float>
) {
    out.update(repeating: 0, count: layer.inputs)
    for row in 0..<layer.outputs {
        for column in 0..<layer.inputs { out[column] += x[row] * w[row * layer.inputs + column] }
    }
}

private func normalizeLength(_ x: UnsafeMutablePointer<Float>, _ count: Int) {
    let length = max(dot(x, x, count).squareRoot(), .leastNormalMagnitude)
    for index in 0..<count { x[index] /= length }
}

/// Σ aᵢ bᵢ, sixteen sums side by side, folded at the end.
private func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    var sums = SIMD16<Float>.zero
    let whole = count / 16 * 16
    for start in stride(from: 0, to: whole, by: 16) { sums += load(a + start) * load(b + start) }
    var sum = sums.folded
    for index in whole..<count { sum += a[index] * b[index] }
    return sum
}
