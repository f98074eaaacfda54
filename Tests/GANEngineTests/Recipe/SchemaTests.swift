import Foundation
import GANEngine
import Testing

@Suite struct SchemaTests {
    @Test func everySettingHasAUniqueNameALabelAndASentence() {
        #expect(Set(Schema.fields.map(\.path)).count == Schema.fields.count)
        for field in Schema.fields {
            #expect(!field.label.isEmpty && field.help.hasSuffix("."), "\(field.path)")
        }
    }

    @Test func everyDefaultIsAllowed() throws {
        for field in Schema.fields {
            var settings = Settings()
            let value = try #require(settings.value(at: field.path))
            try settings.set(field.path, to: value)
            #expect(settings == Settings(), "\(field.path)")
        }
        try Settings().validate()
    }

    @Test func everySettingCanBeChangedAndReadBack() throws {
        for field in Schema.fields {
            for value in others(of: field) {
                var settings = Settings()
                try settings.set(field.path, to: value)
                #expect(settings.value(at: field.path) == value, "\(field.path)")
                #expect(settings != Settings(), "\(field.path) = \(value) changed nothing")
            }
        }
    }

    @Test func everySettingRefusesWhatItCannotBeAndStaysAsItWas() {
        for field in Schema.fields {
            for value in nonsense(for: field) {
                var settings = Settings()
                let error = #expect(throws: RecipeError.self, "\(field.path) = \(value)") {
                    try settings.set(field.path, to: value)
                }
                #expect(error?.path == field.path)
                #expect(error?.message.contains(field.path) == true)
                #expect(settings == Settings())
            }
        }
    }

    @Test func anErrorSaysWhatIsWrongAndWhatWouldBeRight() {
        var settings = Settings()
        #expect(
            throws: RecipeError(
                .outOfRange, at: "generator.optimizer.learningRate",
                "generator.optimizer.learningRate must be between 1e-06 and 10; got 20")
        ) { try settings.set("generator.optimizer.learningRate", to: .number(20)) }
        #expect(
            throws: RecipeError(
                .unknownSetting, at: "generator.hiden", "there is no setting named “generator.hiden”")
        ) { try settings.set("generator.hiden", to: .integers([1])) }
        #expect(
            throws: RecipeError(.wrongType, at: "batch", "batch must be a whole number; got 12.5")
        ) { try settings.set("batch", to: .number(12.5)) }
    }

    @Test func aStepThatTrainsNobodyIsRefused() {
        var settings = Settings()
        settings.generator.updates = 0
        #expect(throws: Never.self) { try settings.validate() }
        settings.discriminator.updates = 0
        #expect(throws: RecipeError.self) { try settings.validate() }
    }

    @Test func aMinibatchThatCannotBePackedIsRefused() {
        var settings = Settings()
        settings.discriminator.packing = 3
        settings.batch = 128
        #expect(throws: RecipeError.self) { try settings.validate() }
        settings.batch = 129
        #expect(throws: Never.self) { try settings.validate() }
    }

    @Test func publishedToySetUpsFit() throws {
        var settings = Settings()
        settings.generator.hidden = [512, 512]
        settings.discriminator.hidden = [512, 512]
        settings.noise.dimension = 256
        settings.discriminator.updates = 50
        settings.batch = 32
        try settings.validate()
        // All at once with a large minibatch is more than a step may cost.
        settings.batch = 2048
        #expect(throws: RecipeError.self) { try settings.validate() }
        settings = Settings()
        settings.noise.dimension = 256
        settings.generator.hidden = [300, 300]
        settings.batch = 16
        let experiment = try Experiment(Recipe(settings: settings))
        try experiment.run(steps: 2)
        #expect(experiment.losses.generator.isFinite && experiment.losses.generator != 0)
    }

    @Test func aStepThatTakesSecondsIsRefused() {
        var settings = Settings()
        settings.generator.hidden = Array(repeating: 256, count: 6)
        settings.discriminator.hidden = Array(repeating: 256, count: 6)
        settings.batch = 2048
        settings.discriminator.updates = 10
        #expect(throws: RecipeError.self) { try settings.validate() }
    }

    @Test func everyPresetCanBeRunAndLeadsBackToItselfThroughJSON() throws {
        #expect(Set(Preset.all.map(\.name)).count == Preset.all.count)
        for preset in Preset.all {
            try preset.recipe.validate()
            let json = try JSONEncoder().encode(preset.recipe)
            #expect(try JSONDecoder().decode(Recipe.self, from: json) == preset.recipe, "\(preset.name)")
        }
    }

    @Test func companionsOfAChoiceAreSettingsThemselves() throws {
        for case .choice(let choices) in Schema.fields.map(\.kind) {
            for (path, value) in choices.flatMap(\.companions) {
                var settings = Settings()
                try settings.set(path, to: value)
            }
        }
    }

    /// What three steps come to with small networks.
    private func outcome(_ change: (inout Settings) throws -> Void) throws -> TrainingState {
        var settings = Settings()
        settings.batch = 8
        settings.generator.hidden = [3]
        settings.discriminator.hidden = [3]
        // Schedules so short that three steps feel them.
        settings.generator.optimizer.period = 1
        settings.discriminator.optimizer.period = 1
        settings.penalty.instanceNoiseSteps = 2
        try change(&settings)
        let experiment = try Experiment(Recipe(settings: settings))
        try experiment.run(steps: 3)
        return experiment.checkpoint().state
    }

    @Test(arguments: Schema.fields.compactMap { $0.need == nil ? nil : $0.path })
    func aSettingCountsWhereTheSchemaSaysSoAndNowhereElse(path: String) throws {
        let field = try #require(Schema.field(path))
        let need = try #require(field.need)
        let other = try #require(others(of: field).last)
        let (met, unmet): ([Value], [Value])
        if case .choice(let choices) = try #require(Schema.field(need.path)).kind {
            let all = choices.map(\.value)
            met = need.values.map { .text($0) }
            unmet = all.filter { !need.values.contains($0) }.map { .text($0) }
        } else {
            (met, unmet) = ([.number(0.5)], [.number(0)])
        }
        #expect(!met.isEmpty && !unmet.isEmpty)
        for value in met + unmet {
            let asItWas = try outcome { settings throws in try settings.set(need.path, to: value) }
            let changed = try outcome { settings throws in
                try settings.set(need.path, to: value)
                try settings.set(path, to: other)
            }
            #expect((asItWas != changed) == met.contains(value), "\(path) with \(need.path) = \(value)")
        }
    }

    // MARK: - Values of each kind

    private func others(of field: Field) -> [Value] {
        let current = Settings().value(at: field.path)
        let all: [Value] =
            switch field.kind {
            case .integer(let range): [.number(Double(range.lowerBound)), .number(Double(range.upperBound))]
            case .number(let range, _, let zero):
                [.number(range.lowerBound), .number(range.upperBound)] + (zero ? [.number(0)] : [])
            case .flag: [.flag(true), .flag(false)]
            case .choice(let choices): choices.map { .text($0.value) }
            case .widths(let layers, let neurons):
                [.integers([]), .integers(Array(repeating: neurons.upperBound, count: layers.upperBound))]
            case .target:
                NamedTarget.allCases.map { .text($0.rawValue) } + [
                    .target(.drawing([Stroke(points: [Point(0, 0), Point(1, 1)], width: 0.02)])),
                    .target(.points([Point(0.5, 0.5)], transform: Transform(scale: 2, offset: Point(1, 1)))),
                    .target(.mixture([MixtureComponent(mean: Point(0, 0), varianceX: 1, varianceY: 1)])),
                ]
            }
        return all.filter { $0 != current }
    }

    private func nonsense(for field: Field) -> [Value] {
        let wrongTypes: [Value] = [.text("no such thing"), .integers([-1])]
        switch field.kind {
        case .integer(let range):
            return wrongTypes + [
                .flag(true), .number(0.5), .number(Double(range.lowerBound) - 1),
                .number(Double(range.upperBound) + 1),
                .number(.nan), .number(.infinity), .number(1e300),
            ]
        case .number(let range, _, _):
            return wrongTypes
                + [
                    .flag(true), .number(range.lowerBound.nextDown), .number(range.upperBound.nextUp),
                    .number(.nan),
                    .number(-.infinity),
                ].filter { $0 != .number(0) }
        case .flag: return wrongTypes + [.number(1)]
        case .choice: return wrongTypes + [.number(0), .flag(false)]
        case .widths(let layers, let neurons):
            return [
                .number(8), .text("[8]"), .integers([neurons.lowerBound - 1]),
                .integers([neurons.upperBound + 1]),
                .integers(Array(repeating: 1, count: layers.upperBound + 1)),
            ]
        case .target:
            let far = Point(1e9, 0)
            return wrongTypes + [
                .target(.drawing([])), .target(.drawing([Stroke(points: [], width: 0.02)])),
                .target(.drawing([Stroke(points: [far], width: 0.02)])),
                .target(.drawing([Stroke(points: [Point(0, 0)], width: 5)])),
                .target(.drawing([Stroke(points: Array(repeating: Point(0, 0), count: 5_000), width: 0.02)])),
                .target(.points([], transform: Transform(scale: 1, offset: Point(0, 0)))),
                .target(.points([Point(.nan, 0)], transform: Transform(scale: 1, offset: Point(0, 0)))),
                .target(.points([Point(0, 0)], transform: Transform(scale: 0, offset: Point(0, 0)))),
                .target(.mixture([])),
                .target(.mixture([MixtureComponent(mean: far, varianceX: 1, varianceY: 1)])),
                .target(.mixture([MixtureComponent(mean: Point(0, 0), varianceX: -1, varianceY: 1)])),
                .target(
                    .mixture([MixtureComponent(mean: Point(0, 0), varianceX: 1, varianceY: 1, covariance: 2)])
                ),
                .target(
                    .mixture([MixtureComponent(mean: Point(0, 0), varianceX: 1, varianceY: 1, weight: 0)])),
            ]
        }
    }
}
