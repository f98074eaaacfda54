import GANEngine

/// An experiment at a step as a safetensors file, which Python opens in one line.
///
/// Weights go by layer, `generator.0.weight` (outputs × inputs) and `generator.0.bias`, as PyTorch names and lays
/// them out. The rest of the training state is there too, so that the file continues bit for bit: what the optimizers
/// remember (`generator.optimizer.mean`, `.square`), the last losses (`generator.loss`), the averaged generator
/// (`generator.average.0.weight` …) and what spectral normalisation and the minibatch's spread follow
/// (`discriminator.singular`, `.spread`). Where the networks measure in the picture's coordinates, the layers are turned
/// into those for the data's (but for a spectrally normalised discriminator, whose weights have no scale), and
/// `generator.trained`, `generator.average.trained` and `discriminator.trained` hold the parameters themselves, layer
/// after layer, weights before biases. The metadata hold the recipe, the step and the settings in effect, as JSON.
package struct CheckpointFile: Hashable, Sendable {
    package let recipe: Recipe
    package let checkpoint: Checkpoint

    package init(recipe: Recipe, checkpoint: Checkpoint) {
        self.recipe = recipe
        self.checkpoint = checkpoint
    }

    // MARK: Writing

    package var bytes: [UInt8] {
        get throws(RecipeError) {
            let settings = try recipe.settings(at: checkpoint.step)
            let state = checkpoint.state
            var tensors: [String: SafeTensors.Tensor] = [:]
            let (generator, discriminator) = (settings.generatorShape, settings.discriminatorShape)
            let frame = recipe.settings.frame
            func writeGenerator(_ weights: [Float], named name: String) {
                let forData = frame?.generatorForData(weights, generator)
                tensors.merge(Self.layers(forData ?? weights, generator, named: name)) { $1 }
                if forData != nil { tensors["\(name).trained"] = Self.flat(weights) }
            }
            writeGenerator(state.generator.weights, named: "generator")
            if !state.average.isEmpty { writeGenerator(state.average, named: "generator.average") }
            let forData = recipe.settings.frameOfDiscriminatorLayers?.discriminatorForData(
                state.discriminator.weights, discriminator)
            tensors.merge(
                Self.layers(forData ?? state.discriminator.weights, discriminator, named: "discriminator")
            ) { $1 }
            if forData != nil { tensors["discriminator.trained"] = Self.flat(state.discriminator.weights) }
            for (name, player) in [("generator", state.generator), ("discriminator", state.discriminator)] {
                tensors["\(name).optimizer.mean"] = Self.flat(player.mean)
                tensors["\(name).optimizer.square"] = Self.flat(player.square)
                tensors["\(name).loss"] = Self.flat([player.loss])
            }
            if !state.singular.isEmpty { tensors["discriminator.singular"] = Self.flat(state.singular) }
            tensors["discriminator.spread"] = Self.flat([state.spread])
            let metadata = [
                "format": "ganlab.1", "step": "\(checkpoint.step)",
                "generator.updates": "\(state.generator.updates)",
                "discriminator.updates": "\(state.discriminator.updates)",
                "recipe": (try? JSON.text(recipe)) ?? "",
                "settings": (try? JSON.text(settings)) ?? "",
            ]
            return SafeTensors(tensors: tensors, metadata: metadata).bytes
        }
    }

    private static func layers(
        _ parameters: [Float], _ shape: NetworkShape, named name: String
    ) -> [String: SafeTensors.Tensor] {
        var tensors: [String: SafeTensors.Tensor] = [:]
        for (index, layer) in shape.layers.enumerated() {
            let weights = parameters[layer.weights..<layer.weights + layer.outputs * layer.inputs]
            let biases = parameters[layer.biases..<layer.biases + layer.outputs]
            tensors["\(name).\(index).weight"] = .init(
                shape: [layer.outputs, layer.inputs], values: Array(weights))
            tensors["\(name).\(index).bias"] = .init(shape: [layer.outputs], values: Array(biases))
        }
        return tensors
    }

    private static func flat(_ values: [Float]) -> SafeTensors.Tensor {
        SafeTensors.Tensor(shape: [values.count], values: values)
    }

    // MARK: Reading

    /// Reads a file that GAN Lab wrote, or one that somebody else made for a recipe.
    /// - Parameter recipe: What the weights are for, if the file does not say it itself.
    package init(bytes: [UInt8], for recipe: Recipe? = nil) throws(ImportError) {
        let file = try SafeTensorsContents(bytes: bytes)
        self.recipe = try Self.recipe(of: file, else: recipe)
        let start: Experiment
        do throws(RecipeError) { start = try Experiment(self.recipe) } catch { throw .refused(error) }
        let step = try Self.whole("step", of: file, upTo: Bounds.steps.upperBound)

        // What the file leaves out is as at the start.
        var state = start.checkpoint().state
        let tensors = TensorReader(file: file)
        let settings = self.recipe.settings
        state.generator.weights = try tensors.generator(settings, named: "generator")
        state.discriminator.weights = try tensors.discriminator(settings)
        state.average = state.average.isEmpty ? [] : state.generator.weights
        if file.has("generator.average.0.weight") {
            state.average = try tensors.generator(settings, named: "generator.average")
        }
        try tensors.read("generator.optimizer.mean", into: &state.generator.mean)
        try tensors.read("generator.optimizer.square", into: &state.generator.square)
        try tensors.read("discriminator.optimizer.mean", into: &state.discriminator.mean)
        try tensors.read("discriminator.optimizer.square", into: &state.discriminator.square)
        try tensors.read("discriminator.singular", into: &state.singular)
        try tensors.read("discriminator.spread", into: &state.spread)
        try tensors.read("generator.loss", into: &state.generator.loss)
        try tensors.read("discriminator.loss", into: &state.discriminator.loss)
        state.generator.updates = try Self.whole(
            "generator.updates", of: file, upTo: Bounds.counter.upperBound)
        state.discriminator.updates = try Self.whole(
            "discriminator.updates", of: file, upTo: Bounds.counter.upperBound)
        checkpoint = Checkpoint(step: step, state: state)
        do throws(RecipeError) {
            _ = try Experiment(self.recipe, from: checkpoint)
        } catch {
            throw .refused(error)
        }
    }

    private static func recipe(of file: SafeTensorsContents, else recipe: Recipe?) throws(ImportError)
        -> Recipe
    {
        if let text = file.metadata["recipe"] { return try RecipeFile.decode(Array(text.utf8)) }
        guard let recipe else { throw .notSafetensors(reason: "it does not say which recipe it belongs to") }
        return recipe
    }

    private static func whole(
        _ key: String, of file: SafeTensorsContents, upTo limit: Int
    ) throws(ImportError) -> Int {
        guard let text = file.metadata[key] else { return 0 }
        guard let number = Int(text), (0...limit).contains(number) else {
            throw .notSafetensors(reason: "its \(key) is '\(text.excerpt(40))'")
        }
        return number
    }
}

/// Takes tensors out of a file and says exactly what is wrong with one that does not fit.
private struct TensorReader {
    let file: SafeTensorsContents

    /// The parameters of a generator as they are trained.
    func generator(_ settings: Settings, named name: String) throws(ImportError) -> [Float] {
        let shape = settings.generatorShape
        let layers = try layers(shape, named: name)
        guard let frame = settings.frame else { return layers }
        return try trained(name, of: layers) { frame.generatorForData($0, shape) }
            ?? frame.generatorForNetworks(layers, shape)
    }

    /// The parameters of the discriminator as they are trained.
    func discriminator(_ settings: Settings) throws(ImportError) -> [Float] {
        let shape = settings.discriminatorShape
        let layers = try layers(shape, named: "discriminator")
        guard let frame = settings.frameOfDiscriminatorLayers else { return layers }
        return try trained("discriminator", of: layers) { frame.discriminatorForData($0, shape) }
            ?? frame.discriminatorForNetworks(layers, shape)
    }

    /// What was trained, to the bit; nil if the file does not say, or if somebody has changed the layers since.
    private func trained(
        _ name: String, of layers: [Float], forData: ([Float]) -> [Float]
    ) throws(ImportError) -> [Float]? {
        var trained = layers
        try read("\(name).trained", into: &trained)
        return forData(trained) == layers ? trained : nil
    }

    private func layers(_ shape: NetworkShape, named name: String) throws(ImportError) -> [Float] {
        var parameters = [Float](repeating: 0, count: shape.parameterCount)
        for (index, layer) in shape.layers.enumerated() {
            let weights = try values("\(name).\(index).weight", shape: [layer.outputs, layer.inputs])
            let biases = try values("\(name).\(index).bias", shape: [layer.outputs])
            parameters.replaceSubrange(layer.weights..<layer.weights + weights.count, with: weights)
            parameters.replaceSubrange(layer.biases..<layer.biases + biases.count, with: biases)
        }
        return parameters
    }

    /// Replaces a list of known length, if the file has it.
    func read(_ name: String, into list: inout [Float]) throws(ImportError) {
        if file.has(name) { list = try values(name, shape: [list.count]) }
    }

    /// Replaces a number, if the file has it.
    func read(_ name: String, into number: inout Float) throws(ImportError) {
        if file.has(name) { number = try values(name, shape: [1])[0] }
    }

    private func values(_ name: String, shape: [Int]) throws(ImportError) -> [Float] {
        guard let tensor = try file.tensor(name) else {
            throw .tensor(name: name, problem: "is missing; the recipe needs it with shape \(shape)")
        }
        guard tensor.shape == shape else {
            throw .tensor(name: name, problem: "has shape \(tensor.shape), but the recipe needs \(shape)")
        }
        guard tensor.values.allSatisfy(\.isFinite) else {
            throw .tensor(name: name, problem: "holds a value that is not finite")
        }
        return tensor.values
    }
}

extension Settings {
    /// What the discriminator's layers can take in of the networks' coordinates.
    fileprivate var frameOfDiscriminatorLayers: Frame? { discriminator.spectralNormalization ? nil : frame }
}
