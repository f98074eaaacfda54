import CKernels

/// How many neurons a multilayer perceptron has, and where each weight lies in its flat list of parameters.
public struct NetworkShape: Hashable, Sendable {
    /// One dense layer: outputs = activation(W · inputs + b).
    public struct Layer: Hashable, Sendable {
        /// Numbers that come in.
        public let inputs: Int
        /// Neurons.
        public let outputs: Int
        /// What every neuron's weighted sum goes through.
        public let activation: LayerActivation
        /// Where W starts, outputs × inputs, row by row.
        public let weights: Int
        /// Where b starts.
        public let biases: Int
    }

    /// First to last; the last one's outputs are the network's.
    public let layers: [Layer]
    /// The layer that has one input more, the spread of the minibatch: the last hidden one, so that there is something
    /// left to weigh it with. Nil in most networks.
    public let deviationLayer: Int?

    /// - Parameters:
    ///   - inputs: numbers a sample has.
    ///   - hidden: neurons of each hidden layer.
    public init(
        inputs: Int, hidden: [Int], outputs: Int, activation: Activation, output: LayerActivation = .linear,
        minibatchDeviation: Bool = false
    ) {
        var offset = 0
        let widths = [inputs] + hidden + [outputs]
        let deviationLayer = minibatchDeviation ? max(0, hidden.count - 1) : nil
        layers = (0..<widths.count - 1).map { index in
            let isLast = index == widths.count - 2
            let fanIn = widths[index] + (index == deviationLayer ? 1 : 0)
            let weights = offset
            offset += widths[index + 1] * (fanIn + 1)
            return Layer(
                inputs: fanIn, outputs: widths[index + 1],
                activation: isLast ? output : LayerActivation(activation),
                weights: weights, biases: weights + widths[index + 1] * fanIn)
        }
        self.deviationLayer = deviationLayer
    }

    /// Numbers in a sample.
    public var inputs: Int {
        deviationLayer == 0 ? layers[0].inputs - 1 : layers[0].inputs
    }
    /// Numbers in an output.
    public var outputs: Int { layers[layers.count - 1].outputs }
    /// Weights and biases together.
    public var parameterCount: Int { layers.reduce(0) { $0 + $1.outputs * ($1.inputs + 1) } }
    /// Floating-point operations of one forward pass for one sample, counting a multiply-add as two.
    public var operations: Int { layers.reduce(0) { $0 + 2 * $1.outputs * $1.inputs } }
}

/// What is applied to a layer's outputs.
public enum LayerActivation: Int32, Hashable, Sendable {
    case linear, relu, leakyReLU, tanh, sigmoid, elu, softplus, sine

    /// A hidden layer's activation.
    public init(_ activation: Activation) {
        switch activation {
        case .relu: self = .relu
        case .leakyReLU: self = .leakyReLU
        case .tanh: self = .tanh
        case .sigmoid: self = .sigmoid
        case .elu: self = .elu
        case .softplus: self = .softplus
        case .sine: self = .sine
        }
    }

    /// The generator's output activation.
    public init(_ output: GeneratorOutput) {
        switch output {
        case .tanh: self = .tanh
        case .sigmoid: self = .sigmoid
        case .linear: self = .linear
        }
    }

    /// Whether its second derivative is zero everywhere.
    var isPiecewiseLinear: Bool { self == .linear || self == .relu || self == .leakyReLU }
}

extension Settings {
    /// Numbers in a sample: points of the plane.
    public static let dataDimension = 2

    /// The generator's layers.
    public var generatorShape: NetworkShape {
        NetworkShape(
            inputs: noise.dimension, hidden: generator.hidden, outputs: Settings.dataDimension,
            activation: generator.activation, output: LayerActivation(generator.output))
    }

    /// The discriminator's layers. Its output is a logit (or a critic's value); its input a pack of samples.
    public var discriminatorShape: NetworkShape {
        NetworkShape(
            inputs: Settings.dataDimension * discriminator.packing, hidden: discriminator.hidden, outputs: 1,
            activation: discriminator.activation, minibatchDeviation: discriminator.minibatchStandardDeviation
        )
    }
}
