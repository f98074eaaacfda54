extension Initializer {
    /// Starting parameters: normal weights, zero biases.
    func parameters(for shape: NetworkShape, from stream: RandomStream) -> [Float] {
        let normals = stream.key(step: 0).numbers(shape.parameterCount, .normal)
        var parameters = [Float](repeating: 0, count: shape.parameterCount)
        for (index, layer) in shape.layers.enumerated() {
            let deviation = Float(standardDeviation(layer, isFirst: index == 0))
            for place in layer.weights..<layer.biases { parameters[place] = deviation * normals[place] }
        }
        return parameters
    }

    private func standardDeviation(_ layer: NetworkShape.Layer, isFirst: Bool) -> Double {
        switch self {
        case .ganLab: (isFirst ? 0.5 : 1 / Double(layer.inputs)).squareRoot()
        case .glorot: (2 / Double(layer.inputs + layer.outputs)).squareRoot()
        case .he: (2 / Double(layer.inputs)).squareRoot()
        }
    }
}
