import Foundation
import GANEngine

/// A multilayer perceptron in double precision, written down as in a textbook: one sample, one neuron at a
/// time.
struct ReferenceNetwork {
    let shape: NetworkShape
    var parameters: [Double]
    /// What each layer's weights are divided by, besides.
    var divisors: [Double]

    init(_ shape: NetworkShape, _ parameters: [Double]) {
        self.shape = shape
        self.parameters = parameters
        divisors = shape.layers.map { _ in 1 }
    }

    /// The outputs for a whole minibatch, which the minibatch's spread joins if the shape asks for it.
    func outputs(_ samples: [[Dual]]) -> [[Dual]] {
        var values = samples
        for (index, layer) in shape.layers.enumerated() {
            if index == shape.deviationLayer {
                let spread = spread(values)
                values = values.map { $0 + [spread] }
            }
            values = values.map { input in
                (0..<layer.outputs).map { row in
                    var z = Dual(parameters[layer.biases + row])
                    for column in 0..<layer.inputs {
                        let weight = parameters[layer.weights + row * layer.inputs + column] / divisors[index]
                        z = z + weight * input[column]
                    }
                    return activate(layer.activation, z)
                }
            }
        }
        return values
    }

    func outputs(_ samples: [[Double]]) -> [[Double]] {
        outputs(samples.map { $0.map { Dual($0) } }).map { $0.map(\.value) }
    }

    /// ∇ₓ Σ D over the minibatch, at every sample; D is the output, or its σ.
    func inputGradients(_ samples: [[Double]], ofProbability: Bool) -> [[Double]] {
        samples.indices.map { sample in
            samples[sample].indices.map { feature in
                var moved = samples.map { $0.map { Dual($0) } }
                moved[sample][feature].slope = 1
                return outputs(moved).map { $0[0] }.reduce(0) { sum, output in
                    sum + (ofProbability ? activate(.sigmoid, output) : output).slope
                }
            }
        }
    }

    private func spread(_ values: [[Dual]]) -> Dual {
        let count = Double(values.count)
        let features = values[0].count
        var sum = Dual(0)
        for feature in 0..<features {
            let column = values.map { $0[feature] }
            let mean = (1 / count) * column.reduce(Dual(0), +)
            let variance = (1 / count) * column.reduce(Dual(0)) { $0 + ($1 - mean) * ($1 - mean) }
            sum = sum + (variance + Dual(1e-8)).squareRoot
        }
        return (1 / Double(features)) * sum
    }

    private func activate(_ kind: LayerActivation, _ z: Dual) -> Dual {
        switch kind {
        case .linear: z
        case .relu: z.mapped({ max($0, 0) }, { $0 > 0 ? 1 : 0 })
        case .leakyReLU: z.mapped({ $0 > 0 ? $0 : 0.2 * $0 }, { $0 > 0 ? 1 : 0.2 })
        case .tanh: z.mapped(tanh, { 1 - tanh($0) * tanh($0) })
        case .sigmoid: z.mapped(sigmoid, { sigmoid($0) * sigmoid(-$0) })
        case .elu: z.mapped({ $0 > 0 ? $0 : expm1($0) }, { $0 > 0 ? 1 : exp($0) })
        case .softplus: z.mapped(softplus, sigmoid)
        case .sine: z.mapped(sin, cos)
        }
    }
}
