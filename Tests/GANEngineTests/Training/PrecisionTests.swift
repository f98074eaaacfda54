import Foundation
import GANEngine
import Testing

/// What single precision could easily lose.
@Suite struct PrecisionTests {
    /// Where D hardly tells real from fake, the gradient of a hidden layer's biases is what remains of terms
    /// thousands of times as large.
    @Test(arguments: [Activation.tanh, .sigmoid])
    func `what real and fake samples leave of each other survives`(activation: Activation) throws {
        var settings = Settings.plain
        settings.loss.kind = .wasserstein
        settings.penalty.weightClip = 0.02
        settings.batch = 64
        settings.generator.hidden = [4, 3]
        settings.discriminator.hidden = [8]
        settings.discriminator.activation = activation
        let experiment = try Experiment(Recipe(settings: settings))
        try experiment.run(steps: 10)
        let trace = try experiment.traceStep()
        let update = try #require(trace.discriminator.first)
        let weights = trace.before.discriminator.weights.map(Double.init)
        let layers = settings.discriminatorShape.layers

        var gradient: [Double] = []
        var terms: [Double] = []
        for unit in 0..<8 {
            func term(_ sample: [Float]) -> Double {
                var z = weights[layers[0].biases + unit]
                for (column, x) in sample.enumerated() {
                    z += weights[layers[0].weights + 2 * unit + column] * Double(x)
                }
                let slope = activation == .tanh ? 1 - tanh(z) * tanh(z) : sigmoid(z) * sigmoid(-z)
                return weights[layers[1].weights + unit] * slope / 64
            }
            let (fake, real) = (update.fake.map(term), update.real.map(term))
            gradient.append(fake.reduce(0, +) - real.reduce(0, +))
            terms.append((fake + real).map(abs).reduce(0, +))
        }
        let largest = gradient.map(abs).max() ?? 0
        #expect(largest < 2e-4 * (terms.max() ?? 0))
        for (unit, expected) in gradient.enumerated() {
            #expect(abs(Double(update.gradient[layers[0].biases + unit]) - expected) < 1e-5 * largest)
        }
    }

    /// A neuron far out on its plateau still answers a little; its value alone does not say how much.
    @Test(arguments: [(Activation.tanh, Float(6)), (.tanh, -7), (.sigmoid, 12), (.sigmoid, -12), (.elu, -12)])
    func `a plateau keeps its slope`(activation: Activation, z: Float) {
        let network = Network(
            shape: NetworkShape(inputs: 1, hidden: [1], outputs: 1, activation: activation),
            parameters: [1, z, 1, 0])
        var settings = Settings.plain
        settings.loss.kind = .wasserstein
        let slope = -Double(
            network.generatorLoss(settings.loss, at: Batch(features: 1, count: 1)).gradients[0, 0])
        let x = Double(z)
        let expected =
            switch activation {
            case .tanh: 1 / (cosh(x) * cosh(x))
            case .sigmoid: sigmoid(x) * sigmoid(-x)
            default: exp(x)
            }
        #expect(abs(slope - expected) < 1e-6 * expected)
    }
}
