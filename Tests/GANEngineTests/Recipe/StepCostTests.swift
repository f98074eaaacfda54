import GANEngine
import Testing

@Suite("What a step costs")
struct StepCostTests {
    private func settings(
        width: Int, batch: Int, updates: Int = 1, unrolling: Int = 0, packing: Int = 1
    ) -> Settings {
        var settings = Settings()
        settings.batch = batch
        settings.noise.dimension = 256
        settings.generator.hidden = Array(repeating: width, count: 6)
        settings.discriminator.hidden = settings.generator.hidden
        settings.generator.updates = updates
        settings.discriminator.updates = updates
        settings.discriminator.unrolling = unrolling
        settings.discriminator.packing = packing
        return settings
    }

    @Test("A step that would hold a core for seconds is refused in words, however small its minibatch")
    func largeSteps() {
        for settings in [
            settings(width: 512, batch: 1, updates: 50, unrolling: 10),
            settings(width: 512, batch: 1, updates: 50),
            settings(width: 512, batch: 2048), settings(width: 512, batch: 8, updates: 10, packing: 8),
        ] {
            let error = #expect(throws: RecipeError.self) { try Recipe(settings: settings).validate() }
            #expect(error?.code == .tooLarge && error?.path == "batch")
            #expect(error?.message.contains("billion operations, and 30 are allowed") == true)
        }
    }

    @Test("The widest and deepest networks may learn, and so may a look ten updates ahead")
    func usefulSteps() throws {
        try settings(width: 512, batch: 128).validate()
        try settings(width: 128, batch: 128, unrolling: 10).validate()
        try settings(width: 64, batch: 2048, updates: 5).validate()
    }

    @Test("Every preset costs less than a tenth of what is allowed")
    func presets() {
        for preset in Preset.all {
            #expect(preset.recipe.settings.stepCost < Bounds.stepCost / 10, "\(preset.name)")
        }
    }
}
