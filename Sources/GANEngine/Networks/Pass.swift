import CKernels

/// One network at work on one minibatch: every layer's values on the way forward, every layer's gradients on
/// the way back. The memory is laid out once; running a pass allocates nothing.
final class Pass {
    /// One dense layer with the panels that it reads and writes.
    struct Layer {
        var weights: Matrix
        var biases: UnsafePointer<Float>
        /// Where the gradients of weights and biases go.
        var weightGradient: UnsafeMutablePointer<Float>
        var biasGradient: UnsafeMutablePointer<Float>
        /// What comes in (the layer below's output) and what goes out.
        var input: Activated
        var output: Activated
        /// The gradient of the loss at the layer's weighted sums z, and at those of the layer below.
        var delta: Panel
        var deltaBelow: Panel
    }

    let shape: NetworkShape
    let kernels: KernelTable
    /// Samples in one minibatch, and the tiles they fill.
    let count: Int
    let tiles: Int
    /// First layer to last.
    let layers: UnsafeMutableBufferPointer<Layer>
    /// The samples; to be filled before ``forward(_:)``.
    let input: Panel
    /// What the last layer says.
    let output: Panel
    /// The gradient at ``output`` before its activation; to be filled before
    /// ``backward(_:gradients:toInput:)``.
    let outputDelta: Panel
    /// The gradient at ``input``.
    let inputDelta: Panel
    let deviation: MinibatchDeviation?

    private let memory: [FloatBuffer]

    /// - Parameters:
    ///   - parameters: the network's weights and biases, which may change between passes.
    ///   - gradient: where their gradient goes; may be `parameters` if none is ever asked for.
    ///   - count: samples in a minibatch.
    ///   - minibatches: how many of them lie side by side, each a whole number of tiles.
    init(
        _ shape: NetworkShape, parameters: FloatBuffer, gradient: FloatBuffer, count: Int,
        minibatches: Int = 1,
        kernels: KernelTable
    ) {
        self.shape = shape
        self.kernels = kernels
        self.count = count
        tiles = tileCount(count)
        let allTiles = tiles * minibatches
        var memory: [FloatBuffer] = []
        func panel(features: Int) -> Panel {
            let buffer = FloatBuffer(features * allTiles * tileWidth)
            memory.append(buffer)
            return Panel(buffer, features: features)
        }

        // Activation i is what layer i reads; the last one is the network's output.
        var widths = shape.layers.map(\.inputs)
        widths.append(shape.outputs)
        let none = Panel(values: nil, stride: 0)
        let activations = widths.indices.map { index in
            let kind = index == 0 ? .linear : shape.layers[index - 1].activation
            return Activated(
                kind: kind.rawValue, values: panel(features: widths[index]),
                slopes: kind.isPiecewiseLinear ? none : panel(features: widths[index]))
        }
        let deltas = widths.map { panel(features: $0) }
        layers = .allocate(capacity: shape.layers.count)
        for (index, layer) in shape.layers.enumerated() {
            layers.initializeElement(
                at: index,
                to: Layer(
                    weights: Matrix(
                        parameters.base + layer.weights, rows: layer.outputs, columns: layer.inputs),
                    biases: UnsafePointer(parameters.base + layer.biases),
                    weightGradient: gradient.base + layer.weights, biasGradient: gradient.base + layer.biases,
                    input: activations[index], output: activations[index + 1],
                    delta: deltas[index + 1], deltaBelow: deltas[index]))
        }
        input = activations[0].values
        output = activations[shape.layers.count].values
        outputDelta = deltas[shape.layers.count]
        inputDelta = deltas[0]
        deviation =
            shape.deviationLayer.map {
                MinibatchDeviation(features: shape.layers[$0].inputs - 1, count: count)
            }
        self.memory = memory + [parameters, gradient]
    }

    deinit { layers.deallocate() }

    /// a₀ = input; aₗ = act(Wₗ aₗ₋₁ + bₗ). `range` counts tiles and covers whole minibatches.
    func forward(_ range: Range<Int>) {
        for index in layers.indices {
            let layer = layers[index]
            if index == shape.deviationLayer, let deviation {
                for first in stride(from: range.lowerBound, to: range.upperBound, by: tiles) {
                    deviation.forward(layer.input.values.from(first))
                }
            }
            kernels.pointee.forward(
                layer.weights, layer.biases, layer.input.values.from(range.lowerBound),
                layer.output.from(range.lowerBound), Int64(range.count))
        }
    }

    /// What D was told about the spread of the minibatch that starts at `tile`.
    func spread(ofMinibatchAt tile: Int) -> Float? {
        guard let deviation, let index = shape.deviationLayer else { return nil }
        return layers[index].input.values.row(deviation.features, tile: tile)[0]
    }

    /// From the gradient at the output back through every layer:
    /// W̄ₗ = Σ δₗ aₗ₋₁ᵀ, b̄ₗ = Σ δₗ, δₗ₋₁ = act′(zₗ₋₁) ⊙ Wₗᵀ δₗ.
    ///
    /// - Parameters:
    ///   - gradients: whether weights' and biases' gradients are wanted.
    ///   - toInput: whether the gradient at the input is.
    func backward(_ range: Range<Int>, gradients: Bool = true, toInput: Bool) {
        let first = range.lowerBound
        let count = Int64(range.count)
        for index in layers.indices.reversed() {
            let layer = layers[index]
            let delta = layer.delta.from(first)
            if gradients {
                let rows = layer.weights.rows
                kernels.pointee.weightGradient(
                    delta, layer.input.values.from(first), rows, layer.weights.columns, count, 0,
                    layer.weightGradient)
                // The other layers' bias gradients are a by-product of the step down to them.
                if index == layers.count - 1 || index + 1 == shape.deviationLayer {
                    kernels.pointee.biasGradient(delta, rows, count, 0, layer.biasGradient)
                }
            }
            guard index > 0 || toInput else { return }
            let below = layer.deltaBelow.from(first)
            if index == shape.deviationLayer, let deviation {
                kernels.pointee.product(layer.weights.transposed, delta, below, count, 0)
                for start in stride(from: first, to: range.upperBound, by: tiles) {
                    deviation.backward(layer.input.values.from(start), layer.deltaBelow.from(start))
                }
                kernels.pointee.scale(
                    layer.input.from(first), below, below, layer.weights.columns - 1, count)
            } else {
                kernels.pointee.pull(
                    layer.weights.transposed, delta, layer.input.from(first), below, count,
                    gradients && index > 0 ? layers[index - 1].biasGradient : nil)
            }
        }
    }
}
