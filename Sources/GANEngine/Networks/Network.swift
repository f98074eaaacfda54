import CKernels

/// A trained network, as a value: ask it anything, it never changes.
///
/// Views and metrics look at networks through this type; training has its own working memory.
public struct Network: Hashable, Sendable {
    /// Its layers.
    public let shape: NetworkShape
    /// Weights and biases, where ``shape`` says.
    public var parameters: [Float]

    /// There must be as many parameters as the shape has, and no minibatch deviation in it: a value has no
    /// minibatch.
    public init(shape: NetworkShape, parameters: [Float]) {
        precondition(parameters.count == shape.parameterCount && shape.deviationLayer == nil)
        self.shape = shape
        self.parameters = parameters
    }

    /// What it makes of each input.
    public func outputs(_ inputs: Batch) -> Batch {
        var outputs = Batch(features: shape.outputs, count: inputs.count)
        inChunks(of: inputs) { pass, chunk in
            pass.forward(0..<chunk.count)
            outputs.read(pass.output, chunk)
        }
        return outputs
    }

    /// What every layer makes of each input, first hidden layer to output.
    public func activations(_ inputs: Batch) -> [Batch] {
        var activations = shape.layers.map { Batch(features: $0.outputs, count: inputs.count) }
        inChunks(of: inputs) { pass, chunk in
            pass.forward(0..<chunk.count)
            for index in activations.indices {
                activations[index].read(pass.layers[index].output.values, chunk)
            }
        }
        return activations
    }

    /// The generator's loss at every sample for this discriminator, and its gradient by the sample: each
    /// sample's own term, not divided by how many there are.
    public func generatorLoss(
        _ loss: LossSettings, at samples: Batch
    ) -> (logits: Batch, gradients: Batch) {
        var logits = Batch(features: 1, count: samples.count)
        var gradients = Batch(features: samples.features, count: samples.count)
        inChunks(of: samples) { pass, chunk in
            pass.forward(0..<chunk.count)
            let evaluator = LossEvaluator(loss, count: chunk.count * tileWidth, kernels: pass.kernels)
            let slopes = pass.outputDelta.row(0, tile: 0)
            _ = evaluator.evaluate(.generator, pass.output.row(0, tile: 0), slopes: slopes)
            for lane in 0..<chunk.count * tileWidth { slopes[lane] *= Float(evaluator.count) }
            pass.backward(0..<chunk.count, gradients: false, toInput: true)
            logits.read(pass.output, chunk)
            gradients.read(pass.inputDelta, chunk)
        }
        return (logits, gradients)
    }

    /// The same network with one hidden unit silenced: nothing listens to it any more.
    ///
    /// - Parameters:
    ///   - layer: the hidden layer, from 0.
    ///   - unit: its neuron, from 0.
    public func ablating(layer: Int, unit: Int) -> Network {
        let next = shape.layers[layer + 1]
        var copy = self
        for output in 0..<next.outputs { copy.parameters[next.weights + output * next.inputs + unit] = 0 }
        return copy
    }

    /// Runs `body` on at most ``chunkTiles`` tiles of inputs at a time, so that memory stays bounded.
    private func inChunks(of inputs: Batch, _ body: (_ pass: Pass, _ chunk: Range<Int>) -> Void) {
        precondition(inputs.features == shape.inputs)
        let size = min(Self.chunkTiles, inputs.tiles)
        guard size > 0 else { return }
        let weights = FloatBuffer(parameters)
        let pass = Pass(
            shape, parameters: weights, gradient: weights, count: size * tileWidth,
            kernels: InstructionSet.best.kernels)
        for first in stride(from: 0, to: inputs.tiles, by: size) {
            let chunk = first..<min(first + size, inputs.tiles)
            inputs.write(chunk, to: pass.input)
            body(pass, chunk)
        }
    }

    private static let chunkTiles = 16
}

extension Batch {
    /// Copies `tiles` of it to the start of a panel of the same width.
    func write(_ tiles: Range<Int>, to panel: Panel) {
        let size = features * tileWidth
        storage.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            panel.row(0, tile: 0).update(from: start + tiles.lowerBound * size, count: tiles.count * size)
        }
    }

    /// Replaces `tiles` of it by the start of a panel of the same width.
    mutating func read(_ panel: Panel, _ tiles: Range<Int>) {
        let size = features * tileWidth
        storage.withUnsafeMutableBufferPointer { target in
            guard let start = target.baseAddress else { return }
            (start + tiles.lowerBound * size).update(from: panel.row(0, tile: 0), count: tiles.count * size)
        }
    }
}
