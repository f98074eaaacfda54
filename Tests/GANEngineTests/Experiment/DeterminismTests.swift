import GANEngine
import Testing

/// The same recipe gives the same bits: on every instruction set, in every build, however it was lived
/// through.
@Suite struct DeterminismTests {
    /// Recipes that between them reach every kernel, with edits on the way, and the checksum of their
    /// checkpoint at step 12. To be renewed only when what a recipe means is changed on purpose: take what
    /// the failing test prints.
    static let pinned: [(name: String, recipe: Recipe, checksum: UInt64)] = [
        ("default, edited", edited, 0x2dc3_ba84_5cbf_26e1),
        ("every remedy", remedies, 0x878b_1d51_9f3e_b601),
        ("unrolled", unrolled, 0x805a_5c99_9092_57d3),
        ("GAN Lab", ganLab, 0x8073_ce50_462b_62e7),
    ]

    private static var edited: Recipe {
        var settings = Settings.plain
        settings.seed = 7
        return Recipe(
            settings: settings,
            timeline: [
                Edit(step: 3, change: .set(path: "generator.optimizer.learningRate", value: .number(0.01))),
                Edit(step: 5, change: .only(.discriminator)),
                Edit(step: 6, change: .set(path: "loss.kind", value: .text("leastSquares"))),
                Edit(step: 6, change: .set(path: "discriminator.optimizer.kind", value: .text("rmsprop"))),
            ])
    }

    private static var remedies: Recipe {
        var settings = Settings.plain
        settings.batch = 50
        settings.noise.dimension = 3
        settings.generator.hidden = [20, 5]
        settings.generator.activation = .sine
        settings.generator.average = 0.9
        settings.discriminator.hidden = [9, 33]
        settings.discriminator.activation = .softplus
        settings.discriminator.spectralNormalization = true
        settings.discriminator.minibatchStandardDeviation = true
        settings.discriminator.packing = 2
        settings.penalty.r1 = 0.1
        settings.penalty.r2 = 0.2
        settings.penalty.gradient = 0.3
        settings.penalty.instanceNoise = 0.2
        return Recipe(settings: settings)
    }

    private static var unrolled: Recipe {
        var settings = Settings.plain
        settings.batch = 33
        settings.generator.activation = .elu
        settings.discriminator.activation = .tanh
        settings.discriminator.unrolling = 2
        settings.discriminator.optimizer.kind = .momentum
        return Recipe(settings: settings)
    }

    private static var ganLab: Recipe {
        var settings = Settings.plain
        settings.batch = 150
        settings.noise.distribution = .uniform
        settings.generator.hidden = [8, 8]
        settings.generator.activation = .relu
        settings.generator.output = .tanh
        settings.discriminator.hidden = [8, 8]
        settings.discriminator.activation = .sigmoid
        settings.discriminator.updates = 2
        settings.generator.optimizer.kind = .sgd
        settings.penalty.weightClip = 0.5
        return Recipe(settings: settings)
    }

    private func checksum(_ checkpoint: Checkpoint) -> UInt64 {
        checkpoint.bytes.suffix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    @Test(arguments: pinned.indices)
    func `a run has the bits it always had, with every instruction set`(index: Int) throws {
        let (name, recipe, expected) = Self.pinned[index]
        for instructions in InstructionSet.available {
            let experiment = try Experiment(recipe, instructions: instructions)
            try experiment.run(steps: 12)
            let got = checksum(experiment.checkpoint())
            #expect(got == expected, "\(name) with \(instructions): 0x\(String(got, radix: 16))")
        }
    }

    @Test(arguments: pinned.indices)
    func `however it is divided, a run is the same`(index: Int) throws {
        let recipe = Self.pinned[index].recipe
        let whole = try Experiment(recipe)
        try whole.run(steps: 12)

        let watched = try Experiment(recipe)
        for _ in 0..<12 {
            try watched.run(steps: 1)
            _ = watched.snapshot()
            _ = watched.checkpoint()
        }
        #expect(watched.checkpoint() == whole.checkpoint())

        let resumed = try Experiment(recipe)
        try resumed.run(steps: 5)
        let woken = try Experiment(recipe, from: Checkpoint(bytes: resumed.checkpoint().bytes))
        #expect(woken.settings == resumed.settings)
        try woken.run(steps: 7)
        #expect(woken.checkpoint() == whole.checkpoint())
    }

    @Test func `edits made while it runs are replayed from the recipe`() throws {
        let lived = try Experiment(Recipe())
        try lived.run(steps: 4)
        try lived.edit(.set(path: "discriminator.optimizer.learningRate", value: .number(0.02)))
        #expect(lived.settings.discriminator.optimizer.learningRate == 0.02)
        try lived.edit(.only(.generator))
        try lived.run(steps: 4)

        let replayed = try Experiment(lived.recipe)
        try replayed.run(steps: 8)
        #expect(replayed.checkpoint() == lived.checkpoint())
        #expect(replayed.settings == lived.settings)
    }

    @Test func `changes at one step are one change, however they came and whenever it was put away`() throws {
        let kinds = ["rmsprop", "momentum", "adam"].map {
            Change.set(path: "generator.optimizer.kind", value: .text($0))
        }
        let rate = Change.set(path: "generator.optimizer.learningRate", value: .number(0.02))
        for changes in [Array(kinds.prefix(1)), kinds, [kinds[0], rate, kinds[2]], [rate, kinds[1], rate]] {
            var lived = try Experiment(Recipe())
            try lived.run(steps: 5)
            for change in changes {
                try lived.edit(change)
                // As when it is put away and woken between two of them.
                lived = try Experiment(lived.recipe, from: lived.checkpoint())
            }
            #expect(Set(lived.recipe.timeline.map(\.change)).count == lived.recipe.timeline.count)
            try lived.run(steps: 5)
            let replayed = try Experiment(lived.recipe)
            try replayed.run(steps: 10)
            #expect(replayed.checkpoint() == lived.checkpoint())

            let uninterrupted = try Experiment(Recipe())
            try uninterrupted.run(steps: 5)
            for change in changes { try uninterrupted.edit(change) }
            try uninterrupted.run(steps: 5)
            #expect(uninterrupted.checkpoint() == replayed.checkpoint())
        }
    }

    /// The moment right after an edit is what its link opens, and what going back to it shows.
    @Test func `a moment shows the edits made at it, however it was come to`() throws {
        for field in Schema.fields where !field.restarts {
            for value in field.kind.examples where value != Settings().value(at: field.path) {
                let lived = try Experiment(Recipe())
                try lived.run(steps: 3)
                guard (try? lived.edit(.set(path: field.path, value: value))) != nil else { continue }
                let opened = try Experiment(lived.recipe)
                try opened.run(steps: 3)
                let woken = try Experiment(lived.recipe, from: lived.checkpoint())
                for other in [opened, woken] {
                    let what = "\(field.path) = \(value)"
                    #expect(other.settings == lived.settings, "\(what)")
                    #expect(other.settings.value(at: field.path) == value, "\(what)")
                    #expect(other.snapshot().generator == lived.snapshot().generator, "\(what)")
                    #expect(other.snapshot().discriminator == lived.snapshot().discriminator, "\(what)")
                    // NaN, before the first update, differs from itself.
                    #expect("\(other.losses)" == "\(lived.losses)", "\(what)")
                    #expect(other.checkpoint() == lived.checkpoint(), "\(what)")
                }
            }
        }
    }

    @Test func `an edit in the past forgets what the timeline held after it`() throws {
        let experiment = try Experiment(Self.edited)
        try experiment.run(steps: 4)
        try experiment.edit(.set(path: "loss.kind", value: .text("hinge")))
        #expect(experiment.recipe.timeline.map(\.step) == [3, 4])
        #expect(throws: RecipeError.self) { try experiment.edit(.set(path: "seed", value: .number(3))) }
        #expect(experiment.recipe.timeline.count == 2)
    }

    @Test func `a step for one player leaves the other alone`() throws {
        let experiment = try Experiment(Recipe())
        try experiment.run(steps: 3)
        let before = experiment.checkpoint().state
        try experiment.edit(.only(.discriminator))
        try experiment.run(steps: 1)
        let after = experiment.checkpoint().state
        #expect(after.generator == before.generator)
        #expect(after.discriminator != before.discriminator)
        try experiment.run(steps: 1)
        #expect(experiment.checkpoint().state.generator != before.generator)
    }
}

extension FieldKind {
    /// Some values of settings that do not start an experiment anew.
    fileprivate var examples: [Value] {
        switch self {
        case .integer(let range):
            [.number(Double(range.lowerBound + 1)), .number(Double(min(range.upperBound, 3)))]
        case .number(let range, _, _): [.number(range.lowerBound), .number(range.upperBound)]
        case .flag: [.flag(true), .flag(false)]
        case .choice(let choices): choices.map { .text($0.value) }
        case .widths, .target: []
        }
    }
}
