import Foundation
import GANEngine
import Lab
import Testing

/// A checkpoint leaves the lab and comes back, and means the same to Python.
@Suite struct CheckpointFileTests {
    private static func experiment(_ change: (inout Settings) -> Void = { _ in }) throws -> Experiment {
        var recipe = Recipe()
        recipe.settings.generator.hidden = [12, 9]
        recipe.settings.batch = 32
        change(&recipe.settings)
        let experiment = try Experiment(recipe)
        try experiment.run(steps: 20)
        return experiment
    }

    private static func file(_ experiment: Experiment) throws -> [UInt8] {
        try CheckpointFile(recipe: experiment.recipe, checkpoint: experiment.checkpoint()).bytes
    }

    @Test func anImportedCheckpointContinuesBitForBit() throws {
        let experiment = try Self.experiment {
            $0.generator.average = 0.9
            $0.discriminator.spectralNormalization = true
            $0.discriminator.minibatchStandardDeviation = true
        }
        try experiment.edit(.set(path: "generator.optimizer.learningRate", value: .number(0.001)))
        try experiment.run(steps: 5)
        let file = try CheckpointFile(bytes: Self.file(experiment))
        #expect(file.recipe == experiment.recipe)
        #expect(file.checkpoint == experiment.checkpoint())
        let imported = try Experiment(file.recipe, from: file.checkpoint)
        try imported.run(steps: 30)
        try experiment.run(steps: 30)
        #expect(imported.checkpoint() == experiment.checkpoint())
    }

    @Test(arguments: Coordinates.allCases)
    func weightsAloneAreEnough(coordinates: Coordinates) throws {
        let experiment = try Self.experiment {
            $0.coordinates = coordinates
            $0.discriminator.packing = 2
        }
        var tensors = try SafeTensors(bytes: Self.file(experiment))
        tensors.metadata = [:]
        tensors.tensors = tensors.tensors.filter { $0.key.contains("weight") || $0.key.contains("bias") }
        let file = try CheckpointFile(bytes: tensors.bytes, for: experiment.recipe)
        #expect(file.checkpoint.step == 0)
        let (read, written) = (file.checkpoint.state, experiment.checkpoint().state)
        for (a, b) in [
            (read.generator.weights, written.generator.weights), (read.average, written.average),
            (read.discriminator.weights, written.discriminator.weights),
        ] {
            // What was turned into the data's coordinates and back is rounded.
            let tolerance: Float = coordinates == .data ? 0 : 1e-5
            #expect(a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance })
        }
        #expect(throws: ImportError.self) { try CheckpointFile(bytes: tensors.bytes) }
    }

    /// As other programs write them: more than the networks, in types and forms that a checkpoint has no use for.
    @Test func onlyTheTensorsThatAreNeededAreLookedAt() throws {
        let experiment = try Self.experiment()
        let file = try Self.file(experiment)
        let length = file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = String(decoding: file[8..<8 + length], as: UTF8.self).trimmingCharacters(
            in: .whitespaces)
        let size = file.count - 8 - length
        let others = [
            #""encoder.weight":{"dtype":"BF16","shape":[2,3],"data_offsets":[\#(size),\#(size + 12)]}"#,
            #""generator.3.running_mean":{"dtype":"I64","shape":[],"data_offsets":[0,8]}"#,
            #""discriminator.scale":{"dtype":"F8_E4M3"}"#, #""note":"a text""#,
            #""far":{"dtype":"F32","shape":[1],"data_offsets":[9000000000,9000000004]}"#,
        ]
        let foreign = Array("\(header.prefix(header.count - 1)),\(others.joined(separator: ","))}".utf8)
        var bytes: [UInt8] = (0..<8).map { UInt8(truncatingIfNeeded: foreign.count >> (8 * $0)) }
        bytes += foreign
        bytes += file[(8 + length)...]
        bytes += Array(repeating: 7, count: 20)
        let read = try CheckpointFile(bytes: bytes)
        #expect(read.recipe == experiment.recipe)
        #expect(read.checkpoint == experiment.checkpoint())
    }

    /// Whoever opens the file knows of the data's coordinates alone.
    @Test func theLayersAreThoseForTheDataAndWhatWasTrainedStandsBeside() throws {
        let experiment = try Self.experiment { $0.generator.average = 0 }
        let tensors = try SafeTensors(bytes: Self.file(experiment)).tensors
        let snapshot = experiment.snapshot()
        for (name, network) in [("generator", snapshot.generator), ("discriminator", snapshot.discriminator)]
        {
            for (index, layer) in network.shape.layers.enumerated() {
                let weights = network.parameters[layer.weights..<layer.biases]
                #expect(tensors["\(name).\(index).weight"]?.values == Array(weights))
                let biases = network.parameters[layer.biases..<layer.biases + layer.outputs]
                #expect(tensors["\(name).\(index).bias"]?.values == Array(biases))
            }
        }
        let state = experiment.checkpoint().state
        #expect(tensors["generator.trained"]?.values == state.generator.weights)
        #expect(tensors["discriminator.trained"]?.values == state.discriminator.weights)

        // Who changes a layer means it, whatever stands beside: G now makes everything 0.25 further to the right.
        var changed = try SafeTensors(bytes: Self.file(experiment))
        let bias = try #require(changed.tensors["generator.2.bias"]).values
        changed.tensors["generator.2.bias"] = .init(shape: [2], values: [bias[0] + 0.25, bias[1]])
        let file = try CheckpointFile(bytes: changed.bytes)
        let moved = try Experiment(file.recipe, from: file.checkpoint).snapshot().fakes(20)
        for (new, old) in zip(moved, snapshot.fakes(20)) { #expect(abs(new.x - old.x - 0.25) < 1e-5) }
    }

    @Test func whatDoesNotFitIsNamed() throws {
        let experiment = try Self.experiment()
        let good = try SafeTensors(bytes: Self.file(experiment))
        func message(_ change: (inout SafeTensors) -> Void) -> String {
            var file = good
            change(&file)
            do throws(ImportError) {
                _ = try CheckpointFile(bytes: file.bytes)
                return "accepted"
            } catch {
                return error.description
            }
        }
        #expect(
            message {
                $0.tensors["generator.1.weight"] = .init(
                    shape: [9, 11], values: Array(repeating: 0, count: 99))
            }
                == "tensor 'generator.1.weight': has shape [9, 11], but the recipe needs [9, 12]")
        #expect(
            message { $0.tensors["discriminator.2.bias"] = nil }
                == "tensor 'discriminator.2.bias': is missing; the recipe needs it with shape [1]")
        #expect(
            message {
                $0.tensors["generator.0.bias"] = .init(shape: [12], values: Array(repeating: .nan, count: 12))
            }
                == "tensor 'generator.0.bias': holds a value that is not finite")
        #expect(
            message { $0.tensors["generator.optimizer.mean"] = .init(shape: [1], values: [0]) }
                .hasPrefix("tensor 'generator.optimizer.mean': has shape [1]"))
        #expect(message { $0.metadata["step"] = "-3" }.contains("its step is '-3'"))
        #expect(message { $0.metadata["recipe"] = "{" }.contains("JSON"))
        #expect(message { $0.metadata["recipe"] = #"{"settings":{"batch":0}}"# }.contains("batch"))
        #expect(message { _ in } == "accepted")
    }

    /// The exported script, with the latent vectors of the engine, makes the engine's own samples.
    @Test(arguments: Activation.allCases, [false, true])
    func pythonDrawsTheSameSamples(activation: Activation, averaged: Bool) throws {
        let output = GeneratorOutput.allCases[Activation.allCases.firstIndex(of: activation)! % 3]
        let experiment = try Self.experiment {
            $0.generator.activation = activation
            $0.generator.output = output
            $0.generator.average = averaged ? 0.9 : 0
            $0.noise.dimension = 3
        }
        let folder = try TemporaryFolder()
        let file = try folder.file("run.safetensors", Self.file(experiment))
        let snapshot = experiment.snapshot()
        let count = 200
        let latent = snapshot.latent(count)
        let expected = snapshot.fakes(count)
        let rows = (0..<count).map { index in
            "\(latent[index, 0]) \(latent[index, 1]) \(latent[index, 2]) \(expected[index].x) \(expected[index].y)"
        }
        let table = try folder.file("expected.txt", rows.joined(separator: "\n").utf8)
        let script =
            GeneratorScript.text(opening: file) + """

                table = np.loadtxt("\(table)", dtype=np.float32)
                print(np.abs(generator(table[:, :3]) - table[:, 3:]).max(), samples.shape, samples.dtype)
                """
        let answer = try Python.run(script).split(separator: " ", maxSplits: 1)
        #expect(try #require(Float(answer[0])) < 2e-5)
        #expect(answer[1] == "(1000, 2) float32")
    }

    @Test("The exported script's samples are in the units of the file that the data came from")
    func pythonDrawsInTheUnitsOfTheData() throws {
        let folder = try TemporaryFolder()
        for scale in [(x: 1e-6, y: 300.0), (x: 0.5, y: 0.5)] {
            let transform = Transform(scale: scale, offset: (x: 7, y: 5_000))
            let experiment = try Self.experiment {
                $0.target = .points([Point(0.2, 0.3), Point(0.8, 0.7)], transform: transform)
            }
            let file = try folder.file("run.safetensors", Self.file(experiment))
            let script =
                GeneratorScript.text(opening: file)
                + "print(np.abs(samples - generator(noise(1000)) * [\(scale.x), \(scale.y)] - [7, 5000]).max())\n"
            #expect(try #require(Double(try Python.run(script))) < 1e-9)
        }
    }

    @Test("One archive holds the model and its script")
    func archive() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file(
            "both.zip",
            Zip.archive([
                Zip.File(name: "模型.txt", bytes: Array("123456789".utf8)), Zip.File(name: "empty", bytes: []),
            ]))
        let script = """
            import zipfile
            archive = zipfile.ZipFile("\(file)")
            print(archive.testzip(), archive.namelist(), archive.read("模型.txt"))
            """
        #expect(try Python.run(script) == "None ['模型.txt', 'empty'] b'123456789'")
    }

    @Test func pythonSaysWhichFileItMisses() throws {
        let script = """
            try:
            \(GeneratorScript.text(opening: "missing.safetensors").split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
            except FileNotFoundError as error:
                print(error)
            """
        let answer = try Python.run(script)
        #expect(answer.contains("missing.safetensors is not here. Save the model from the lab"))
    }

    @Test(arguments: NoiseDistribution.allCases)
    func pythonDrawsNoiseOfTheSameKind(distribution: NoiseDistribution) throws {
        let experiment = try Self.experiment {
            $0.noise.distribution = distribution
            $0.noise.dimension = 1
        }
        let folder = try TemporaryFolder()
        let file = try folder.file("run \"1\".safetensors", Self.file(experiment))
        let script =
            GeneratorScript.text(opening: file)
            + "z = noise(100000)\nprint(z.mean(), z.std(), z.min(), z.max())\n"
        let answer = try Python.run(script).split(separator: " ").map { try #require(Double($0)) }
        let ours = experiment.snapshot().latent(100_000).column(0).map(Double.init)
        let mean = ours.reduce(0, +) / Double(ours.count)
        let variance = ours.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(ours.count)
        #expect(abs(answer[0] - mean) < 0.02)
        #expect(abs(answer[1] - variance.squareRoot()) < 0.02)
        if distribution != .gaussian {
            #expect(abs(answer[2] - ours.min()!) < 0.01 && abs(answer[3] - ours.max()!) < 0.01)
        }
    }
}
