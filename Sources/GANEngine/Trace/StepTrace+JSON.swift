extension StepTrace {
    /// The step as a JSON object of schema `ganlab-trace/1`.
    ///
    /// `config` says what is computed, `before` and `after` hold weights W[layer][out][in], biases
    /// b[layer][out] and optimizer states, `batches` every sample that was drawn. Beyond the schema's own
    /// keys, a trace has:
    /// - `config`: `packing`, `schedule_step`, and in `loss` `smooth_real`, `smooth_fake` and `penalties` (a list, when
    ///   there is more than one, or R2); in `discriminator` `spectral_normalization`, `unrolling` and
    ///   `minibatch_deviation`, "none" or the layer, from 0, that has one input more, the mean over features of
    ///   √(variance + 10⁻⁸); in `generator` `average`; `instance_noise` is σ at this step; `coordinates`, where the
    ///   networks have their own, in which samples, gradients and weights are given: data = scale · network + centre.
    /// - each of `batches`: `fake`, the packs that D saw, and in `g` `real`, those that an unrolled D saw.
    /// - `before`, `after`: `average` (the moving average of G) and `singular` (u of spectral normalisation, by layer).
    /// - `after`: `d_gradients` and `g_gradients`, what each update's optimizer followed.
    /// With packing, a row of `noise`, `real` and `fake` holds the members of a pack side by side.
    public var json: String {
        let shapes = (generator: settings.generatorShape, discriminator: settings.discriminatorShape)
        return JSON.object([
            ("schema", "ganlab-trace/1"),
            ("step", JSON(step)),
            ("config", config),
            ("before", .object(before.members(shapes.generator, shapes.discriminator))),
            (
                "batches",
                .object([
                    ("d", .array(discriminator.map(\.batch))), ("g", .array(generator.map(\.batch))),
                ])
            ),
            ("after", .object(after.members(shapes.generator, shapes.discriminator) + results(shapes))),
        ]).description
    }

    private func results(_ shapes: (generator: NetworkShape, discriminator: NetworkShape)) -> [(String, JSON)]
    {
        [
            ("d_losses", JSON(discriminator.map(\.loss))),
            ("d_penalties", JSON(discriminator.map(\.penalty))),
            ("g_losses", JSON(generator.map(\.loss))),
            ("sample_gradients", JSON(generator.last?.sampleGradients ?? [])),
            ("d_gradients", .array(discriminator.map { shapes.discriminator.json($0.gradient) })),
            ("g_gradients", .array(generator.map { shapes.generator.json($0.gradient) })),
        ]
    }

    private var config: JSON {
        .object(members + (frame.map { [("coordinates", $0.json)] } ?? []))
    }

    private var members: [(String, JSON)] {
        [
            ("noise_dim", JSON(settings.noise.dimension)),
            ("data_dim", JSON(Settings.dataDimension)),
            ("batch", JSON(settings.packs)),
            ("packing", JSON(settings.discriminator.packing)),
            ("k_d", JSON(discriminator.count)),
            ("k_g", JSON(generator.count)),
            (
                "generator",
                .object(settings.generatorShape.description + [("average", JSON(settings.generator.average))])
            ),
            ("discriminator", .object(discriminatorDescription)),
            ("loss", .object(loss)),
            ("instance_noise", JSON(settings.penalty.instanceNoise(at: scheduleStep))),
            ("schedule_step", JSON(scheduleStep)),
            ("d_optimizer", .object(settings.discriminator.optimizer.description(at: scheduleStep))),
            ("g_optimizer", .object(settings.generator.optimizer.description(at: scheduleStep))),
        ]
    }

    private var discriminatorDescription: [(String, JSON)] {
        let discriminator = settings.discriminator
        return settings.discriminatorShape.description(
            output: settings.loss.seesProbability ? "sigmoid" : "linear") + [
                ("spectral_normalization", discriminator.spectralNormalization ? 1 : 0),
                (
                    "minibatch_deviation",
                    settings.discriminatorShape.deviationLayer.map { JSON($0) } ?? "none"
                ),
                ("unrolling", JSON(discriminator.unrolling)),
            ]
    }

    private var loss: [(String, JSON)] {
        let (loss, penalty) = (settings.loss, settings.penalty)
        var members: [(String, JSON)] = [("kind", .text(loss.kind.traceName))]
        if loss.kind.isLogarithmic { members.append(("real_weight", JSON(loss.realWeight))) }
        if loss.kind == .leastSquares { members.append(("scale", JSON(loss.leastSquaresScale))) }
        members += [("smooth_real", JSON(loss.smoothReal)), ("smooth_fake", JSON(loss.smoothFake))]
        if penalty.weightClip > 0 { members.append(("clip", JSON(penalty.weightClip))) }
        var penalties: [JSON] = []
        if penalty.r1 > 0 { penalties.append(.object([("kind", "r1"), ("weight", JSON(penalty.r1))])) }
        if penalty.r2 > 0 { penalties.append(.object([("kind", "r2"), ("weight", JSON(penalty.r2))])) }
        if penalty.gradient > 0 {
            penalties.append(
                .object([
                    ("kind", "gp"), ("weight", JSON(penalty.gradient)),
                    ("target", JSON(penalty.gradientTarget)),
                ]))
        }
        if penalties.count == 1, penalty.r2 == 0 {
            members.append(("penalty", penalties[0]))
        } else if !penalties.isEmpty {
            members.append(("penalties", .array(penalties)))
        }
        return members
    }
}

extension StepTrace.Update {
    fileprivate var batch: JSON {
        var members: [(String, JSON)] = [("noise", JSON(noise)), ("fake", JSON(fake))]
        if !real.isEmpty { members.append(("real", JSON(real))) }
        if !mixing.isEmpty { members.append(("eps", JSON(mixing.map { $0[0] }))) }
        return .object(members)
    }
}

extension TrainingState {
    fileprivate func members(_ generator: NetworkShape, _ discriminator: NetworkShape) -> [(String, JSON)] {
        var singular: [JSON] = []
        var start = 0
        for layer in discriminator.layers {
            singular.append(JSON(self.singular[start..<start + layer.outputs]))
            start += layer.outputs
        }
        return [
            ("generator", generator.json(self.generator.weights)),
            ("discriminator", discriminator.json(self.discriminator.weights)),
            ("g_state", self.generator.optimizer(generator)),
            ("d_state", self.discriminator.optimizer(discriminator)),
            ("average", generator.json(average)),
            ("singular", .array(singular)),
        ]
    }
}

extension TrainingState.Player {
    fileprivate func optimizer(_ shape: NetworkShape) -> JSON {
        .object([("t", JSON(updates)), ("m", shape.json(mean)), ("v", shape.json(square))])
    }
}

extension NetworkShape {
    /// Parameters, layer by layer.
    fileprivate func json(_ parameters: [Float]) -> JSON {
        .object([
            (
                "W",
                .array(
                    layers.map { layer in
                        .array(
                            (0..<layer.outputs).map { row in
                                let start = layer.weights + row * layer.inputs
                                return JSON(parameters[start..<start + layer.inputs])
                            })
                    })
            ),
            ("b", .array(layers.map { JSON(parameters[$0.biases..<$0.biases + $0.outputs]) })),
        ])
    }

    fileprivate var description: [(String, JSON)] { description(output: nil) }

    fileprivate func description(output: JSON?) -> [(String, JSON)] {
        var names = layers.map { $0.activation.traceName }
        if let output { names[names.count - 1] = output }
        return [
            ("layers", .array([JSON(inputs)] + layers.map { JSON($0.outputs) })),
            ("activations", .array(names)),
        ]
    }
}

extension LayerActivation {
    fileprivate var traceName: JSON {
        switch self {
        case .linear: "linear"
        case .relu: "relu"
        case .leakyReLU: "leaky_relu"
        case .tanh: "tanh"
        case .sigmoid: "sigmoid"
        case .elu: "elu"
        case .softplus: "softplus"
        case .sine: "sine"
        }
    }
}

extension OptimizerSettings {
    fileprivate func description(at step: Int) -> [(String, JSON)] {
        let rate = ("lr", JSON(rate(at: step)))
        return switch kind {
        case .sgd: [("kind", "sgd"), rate]
        case .momentum:
            [("kind", "momentum"), rate, ("momentum", JSON(momentum)), ("nesterov", nesterov ? 1 : 0)]
        case .rmsprop: [("kind", "rmsprop"), rate, ("rho", JSON(rho)), ("eps", JSON(epsilon))]
        case .adam:
            [
                ("kind", "adam"), rate, ("beta1", JSON(beta1)), ("beta2", JSON(beta2)),
                ("eps", JSON(epsilon)),
                ("eps_mode", "hat"),
            ]
        }
    }
}

extension Frame {
    fileprivate var json: JSON {
        .object([("centre", JSON([centre.x, centre.y])), ("scale", JSON(scale))])
    }
}
