/// The networks' coordinates, where they are not the data's: data = scale · network + centre.
package struct Frame: Hashable, Sendable {
    /// Where the networks' origin lies.
    let centre: Point
    /// What is 1 to the networks.
    let scale: Float

    /// The one in which `view` is the square that the fakes of an untrained generator need.
    init(_ view: View) {
        centre = view.centre
        scale = max(view.halfExtent / Self.untrainedReach, Self.leastScale)
    }

    /// How far from the origin the fakes of untrained networks reach, about.
    private static let untrainedReach: Float = 1.4
    /// Points that lie closer together than this are one to the eye.
    private static let leastScale: Float = 0.001
}

extension Settings {
    /// The networks' coordinates; nil if they are the data's.
    package var frame: Frame? {
        coordinates == .picture && generator.output == .linear ? Frame(target.view) : nil
    }
}

// MARK: - Networks in the data's coordinates

extension Frame {
    /// A generator that makes samples in the data's coordinates, of one that makes them in the networks'.
    package func generatorForData(_ parameters: [Float], _ shape: NetworkShape) -> [Float] {
        changingOutputs(of: parameters, shape, scale) { scale * $0 + $1 }
    }

    /// The other way.
    package func generatorForNetworks(_ parameters: [Float], _ shape: NetworkShape) -> [Float] {
        changingOutputs(of: parameters, shape, 1 / scale) { ($0 - $1) / scale }
    }

    /// A discriminator that judges samples in the data's coordinates, of one that judges them in the networks'.
    package func discriminatorForData(_ parameters: [Float], _ shape: NetworkShape) -> [Float] {
        changingInputs(of: parameters, shape) { weight, middle in
            (weight: weight / scale, bias: -weight / scale * middle)
        }
    }

    /// The other way.
    package func discriminatorForNetworks(_ parameters: [Float], _ shape: NetworkShape) -> [Float] {
        changingInputs(of: parameters, shape) { weight, middle in
            (weight: weight * scale, bias: weight * middle)
        }
    }

    private func changingOutputs(
        of parameters: [Float], _ shape: NetworkShape, _ factor: Float,
        bias: (_ bias: Float, _ middle: Float) -> Float
    ) -> [Float] {
        var result = parameters
        let last = shape.layers[shape.layers.count - 1]
        for weight in last.weights..<last.biases { result[weight] *= factor }
        for output in 0..<last.outputs {
            result[last.biases + output] = bias(result[last.biases + output], middle(output))
        }
        return result
    }

    /// What `change` says of each weight of the first layer, and what it adds to the weight's bias.
    private func changingInputs(
        of parameters: [Float], _ shape: NetworkShape,
        _ change: (_ weight: Float, _ middle: Float) -> (weight: Float, bias: Float)
    ) -> [Float] {
        var result = parameters
        let first = shape.layers[0]
        for row in 0..<first.outputs {
            // Coordinates x and y of every sample of a pack; what may follow is the minibatch's spread.
            for input in 0..<shape.inputs {
                let index = first.weights + row * first.inputs + input
                let changed = change(result[index], middle(input))
                result[index] = changed.weight
                result[first.biases + row] += changed.bias
            }
        }
        return result
    }

    /// x and y take turns.
    private func middle(_ coordinate: Int) -> Float { coordinate.isMultiple(of: 2) ? centre.x : centre.y }
}
