import CKernels

/// How a network's gradients change when its input or its parameters move a little: the derivative of a
/// forward and a backward pass along one direction (Pearlmutter 1994, Fast exact multiplication by the
/// Hessian).
///
/// This one tool gives every second-order gradient of the lab. A penalty on g = ∇ₓD has the gradient ∂/∂θ (v
/// · g), v = ∂penalty/∂g held fixed, which is how ∇_θ D changes along the direction v of the input. The
/// gradient through an unrolled update of θ is how ∇L changes along a direction of the parameters.
///
/// A dot marks a derivative along the direction: ż = W ȧ + Ẇ a + ḃ, ȧ = act′(z) ⊙ ż on the way forward, and
/// on the way back the same two rules applied to δ = act′(z) ⊙ Wᵀ δ_above.
final class TangentPass {
    private let pass: Pass
    /// ȧ of every layer's input; the first is the direction of the input itself.
    private let values: [Panel]
    /// ż of every layer.
    private let sums: [Panel]
    /// The derivative of ``Pass/Layer/delta``; the first is that of the gradient at the input.
    private let deltas: [Panel]
    /// Wᵀ δ before the activation's slope.
    private let raw: Panel
    private let memory: [FloatBuffer]

    /// The direction of the samples; to be filled before ``forward(_:along:)``.
    var inputDirection: Panel { values[0] }
    /// ȯ, after ``forward(_:along:)``.
    var outputDirection: Panel { sums[sums.count - 1] }
    /// The derivative of the gradient at the output: zero, unless filled before a backward pass.
    var outputDelta: Panel { deltas[deltas.count - 1] }
    /// The derivative of the gradient at the input.
    var inputDelta: Panel { deltas[0] }

    /// Whether slopes change with the direction at all; those of piecewise linear activations do not.
    private let bends: Bool

    /// What moves.
    enum Direction {
        /// The samples, along ``inputDirection``, while the gradient at the output stays as it is.
        case input
        /// Weights and biases, along this vector, laid out like them.
        case parameters(FloatBuffer)
    }

    /// - Parameter bends: whether slopes change with the samples even where every activation is piecewise linear.
    init(_ pass: Pass, minibatches: Int, bends: Bool) {
        self.pass = pass
        let tiles = pass.tiles * minibatches
        var memory: [FloatBuffer] = []
        func panel(_ features: Int) -> Panel {
            let buffer = FloatBuffer(features * tiles * tileWidth)
            memory.append(buffer)
            return Panel(buffer, features: features)
        }
        let widths = pass.shape.layers.map(\.inputs) + [pass.shape.outputs]
        values = widths.map { panel($0) }
        sums = widths.dropFirst().map { panel($0) }
        deltas = widths.map { panel($0) }
        raw = panel(widths.max() ?? 1)
        self.bends =
            bends || pass.deviation != nil || pass.shape.layers.contains { !$0.activation.isPiecewiseLinear }
        self.memory = memory
    }

    /// Differentiates ``Pass/forward(_:)``, which must have been run on `range`.
    func forward(_ range: Range<Int>, along direction: Direction) {
        let (kernels, first, count) = (pass.kernels, range.lowerBound, Int64(range.count))
        for index in pass.layers.indices {
            let layer = pass.layers[index]
            let (input, sum) = (values[index].from(first), sums[index].from(first))
            let isStill = index == 0 && direction.isOfParameters
            if case .parameters(let vector) = direction {
                let (weights, biases) = moving(layer, at: index, vector)
                let linear = Activated(kind: LayerActivation.linear.rawValue, values: sum, slopes: sum)
                kernels.pointee.forward(weights, biases, layer.input.values.from(first), linear, count)
            }
            if !isStill {
                if index == pass.shape.deviationLayer, let deviation = pass.deviation {
                    forEachMinibatch(range) { tile in
                        deviation.forward(layer.input.values.from(tile), along: values[index].from(tile))
                    }
                }
                kernels.pointee.product(layer.weights, input, sum, count, direction.isOfParameters ? 1 : 0)
            }
            kernels.pointee.scale(
                layer.output.from(first), sum, values[index + 1].from(first), layer.weights.rows, count)
        }
    }

    /// Differentiates ``Pass/backward(_:gradients:toInput:)``, which must have been run on `range`.
    ///
    /// - Parameter gradient: where the derivative of the parameters' gradient is added.
    func backward(_ range: Range<Int>, along direction: Direction, into gradient: FloatBuffer, toInput: Bool)
    {
        let (kernels, first, count) = (pass.kernels, range.lowerBound, Int64(range.count))
        for index in pass.layers.indices.reversed() {
            let layer = pass.layers[index]
            let (delta, deltaDot) = (layer.delta.from(first), deltas[index + 1].from(first))
            let (rows, columns) = (layer.weights.rows, layer.weights.columns)
            let place = pass.shape.layers[index]
            // (δ aᵀ)˙ = δ̇ aᵀ + δ ȧᵀ
            if index > 0 || !direction.isOfParameters {
                kernels.pointee.weightGradient(
                    delta, values[index].from(first), rows, columns, count, 1, gradient.base + place.weights)
            }
            if !bends, !direction.isOfParameters { continue }
            kernels.pointee.weightGradient(
                deltaDot, layer.input.values.from(first), rows, columns, count, 1,
                gradient.base + place.weights)
            kernels.pointee.biasGradient(deltaDot, rows, count, 1, gradient.base + place.biases)

            guard index > 0 || toInput else { return }
            // (Wᵀ δ)˙ = Wᵀ δ̇ + Ẇᵀ δ
            let below = deltas[index].from(first)
            kernels.pointee.product(layer.weights.transposed, deltaDot, below, count, 0)
            if case .parameters(let vector) = direction {
                kernels.pointee.product(
                    moving(layer, at: index, vector).weights.transposed, delta, below, count, 1)
            }
            guard index > 0 else {
                // The samples stand still, but what flows back through their spread has changed.
                if index == pass.shape.deviationLayer, let deviation = pass.deviation {
                    forEachMinibatch(range) { tile in
                        deviation.backward(layer.input.values.from(tile), deltas[0].from(tile))
                    }
                }
                return
            }
            // (act′(z) ⊙ Wᵀδ)˙ = act′(z) ⊙ (Wᵀδ)˙ + act″(z) ⊙ ż ⊙ Wᵀδ
            let plain = Panel(values: raw.values, stride: Int64(columns) * Int64(tileWidth)).from(first)
            kernels.pointee.product(layer.weights.transposed, delta, plain, count, 0)
            var features = columns
            if index == pass.shape.deviationLayer, let deviation = pass.deviation {
                features -= 1
                forEachMinibatch(range) { tile in
                    let offset = tile - first
                    deviation.backward(
                        layer.input.values.from(tile), along: values[index].from(tile),
                        plain.from(offset), derivative: below.from(offset))
                }
            }
            kernels.pointee.scale(layer.input.from(first), below, below, features, count)
            kernels.pointee.curve(
                layer.input.from(first), sums[index - 1].from(first), plain, below, features, count)
        }
    }

    /// Ẇ and ḃ of a layer.
    private func moving(
        _ layer: Pass.Layer, at index: Int, _ vector: FloatBuffer
    ) -> (weights: Matrix, biases: UnsafePointer<Float>) {
        let place = pass.shape.layers[index]
        return (
            Matrix(vector.base + place.weights, rows: place.outputs, columns: place.inputs),
            UnsafePointer(vector.base + place.biases)
        )
    }

    private func forEachMinibatch(_ range: Range<Int>, _ body: (_ tile: Int) -> Void) {
        for tile in stride(from: range.lowerBound, to: range.upperBound, by: pass.tiles) { body(tile) }
    }
}

extension TangentPass.Direction {
    var isOfParameters: Bool {
        if case .parameters = self { true } else { false }
    }
}
