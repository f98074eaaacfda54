import GANEngine
import Testing

@Suite struct CheckpointTests {
    private func checkpoint() throws -> Checkpoint {
        let experiment = try Experiment(Recipe())
        try experiment.run(steps: 3)
        return experiment.checkpoint()
    }

    @Test func `reading gives back what was written`() throws {
        let checkpoint = try checkpoint()
        let read = try Checkpoint(bytes: checkpoint.bytes)
        #expect(read == checkpoint)
    }

    @Test func `what the last step's losses were is known without running it again`() throws {
        let lived = try Experiment(Recipe())
        try lived.run(steps: 3)
        let woken = try Experiment(Recipe(), from: Checkpoint(bytes: lived.checkpoint().bytes))
        #expect(lived.losses.discriminator > 0 && lived.losses.generator > 0)
        #expect(woken.losses == lived.losses)
    }

    @Test func `a moving average that is switched on late starts where the generator stands`() throws {
        var recipe = Recipe()
        recipe.settings.generator.average = 0
        recipe.timeline = [Edit(step: 3, change: .set(path: "generator.average", value: .number(0.5)))]
        let experiment = try Experiment(recipe)
        try experiment.run(steps: 3)
        let before = experiment.checkpoint().state.generator.weights
        try experiment.run(steps: 1)
        let after = experiment.checkpoint().state
        for (index, average) in after.average.enumerated() {
            #expect(abs(average - (before[index] + after.generator.weights[index]) / 2) < 1e-6)
        }
    }

    @Test func `a damaged byte anywhere is noticed`() throws {
        let bytes = try checkpoint().bytes
        for index in stride(from: 0, to: bytes.count, by: 97) {
            var damaged = bytes
            damaged[index] ^= 0x10
            #expect(throws: Checkpoint.CodecError.self) { try Checkpoint(bytes: damaged) }
        }
    }

    @Test func `a checkpoint cut short is refused, not trusted`() throws {
        let bytes = try checkpoint().bytes
        for count in [0, 3, 4, 8, 15, 16, 40, bytes.count - 1] {
            #expect(throws: Checkpoint.CodecError.self) { try Checkpoint(bytes: Array(bytes.prefix(count))) }
        }
    }

    @Test func `a later version is told apart from damage`() throws {
        var bytes = try checkpoint().bytes
        bytes[4] = 3
        #expect(throws: Checkpoint.CodecError.unknownVersion(3)) { try Checkpoint(bytes: bytes) }
    }

    @Test func `a checkpoint of other networks is refused`() throws {
        var other = Settings()
        other.generator.hidden = [5]
        let checkpoint = try checkpoint()
        #expect(throws: RecipeError.self) { try Experiment(Recipe(settings: other), from: checkpoint) }
    }
}
