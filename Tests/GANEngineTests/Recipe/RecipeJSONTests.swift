import Foundation
import GANEngine
import Testing

@Suite struct RecipeJSONTests {
    private func decode(_ json: String) throws -> Recipe {
        try JSONDecoder().decode(Recipe.self, from: Data(json.utf8))
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        #expect(try decode(#"{"version":2}"#) == Recipe())
        let recipe = try decode(#"{"version":2,"settings":{"target":"ring8","generator.hidden":[8,16]}}"#)
        #expect(recipe.settings.target == .named(.ring8))
        #expect(recipe.settings.generator.hidden == [8, 16])
        #expect(recipe.settings.discriminator == Settings().discriminator)
    }

    /// A recipe of the first labs, with a version or without, counts on the defaults of its day.
    @Test(arguments: ["{}", #"{"version":1}"#, #"{"version":1,"settings":{}}"#, #"{"settings":null}"#])
    func `a recipe of version 1 keeps the defaults of version 1`(json: String) throws {
        let settings = try decode(json).settings
        #expect(settings == Settings(.first))
        #expect(
            settings.coordinates == .data && settings.generator.average == 0 && settings.penalty.r1 == 0.1)
        for optimizer in [settings.generator.optimizer, settings.discriminator.optimizer] {
            #expect(optimizer.kind == .adam && optimizer.learningRate == 0.001)
            #expect(optimizer.beta1 == 0 && optimizer.beta2 == 0.99 && optimizer.epsilon == 1e-8)
            #expect(optimizer.schedule == .constant && optimizer.period == 10_000 && optimizer.factor == 0.1)
        }
        for hidden in [settings.generator.hidden, settings.discriminator.hidden] {
            #expect(hidden == [32, 32])
        }
        #expect(settings.batch == 128 && settings.seed == 1 && settings.target == .named(.ring))
    }

    @Test(arguments: RecipeVersion.allCases)
    func `what is written out reads back the same, whichever version it came from`(version: RecipeVersion)
        throws
    {
        let recipe = Recipe(settings: Settings(version))
        let text = try JSONEncoder().encode(recipe)
        #expect(try JSONDecoder().decode(Recipe.self, from: text) == recipe)
    }

    @Test func theTimelineKeepsItsOrder() throws {
        let recipe = try decode(
            #"""
            {"timeline": [{"step": 500, "set": "generator.optimizer.learningRate", "to": 0.003},
                          {"step": 600, "only": "discriminator"}, {"step": 600, "set": "batch", "to": 64}]}
            """#)
        #expect(
            recipe.timeline == [
                Edit(
                    step: 500, change: .set(path: "generator.optimizer.learningRate", value: .number(0.003))),
                Edit(step: 600, change: .only(.discriminator)),
                Edit(step: 600, change: .set(path: "batch", value: .number(64))),
            ])
        #expect(try recipe.settings(at: 499).batch == Settings().batch)
        #expect(try recipe.settings(at: 600).batch == 64)
    }

    @Test(arguments: [
        (#"{"version":3}"#, "this lab reads recipes up to version 2; got 3"),
        (#"{"settings":{"batch":0}}"#, "batch must be between 1 and 2048; got 0"),
        (#"{"settings":{"target":"circle"}}"#, "target must be one of line"),
        (#"{"settings":{"target":{"drawing":[]}}}"#, "target takes 1 to 200 strokes; got 0"),
        (#"{"settings":{"target":{"points":[[1,2,3]]}}}"#, "a point is a list of two numbers, x and y"),
        (#"{"settings":{"target":{}}}"#, "target must be a name, or hold a mixture, a drawing or points"),
        (#"{"timeline":[{"step":-1,"only":"generator"}]}"#, "edit 0 is at step -1"),
        (
            #"{"timeline":[{"step":5,"only":"generator"},{"step":4,"only":"generator"}]}"#,
            "edit 1 is at step 4"
        ),
        (#"{"timeline":[{"step":0,"only":"both"}]}"#, "only must be generator or discriminator; got “both”"),
        (#"{"timeline":[{"step":0,"set":"seed","to":3}]}"#, "seed starts the experiment anew"),
        (
            #"{"timeline":[{"step":0,"set":"generator.updates","to":0},{"step":0,"set":"discriminator.updates","to":0}]}"#,
            "at least one network must learn"
        ),
    ])
    func aRecipeThatCannotBeRunIsRefusedInWords(json: String, message: String) throws {
        let error = #expect(throws: RecipeError.self) { try decode(json) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "no error")")
    }

    @Test func mutatedJSONNeverCrashesAndNeverYieldsAnInvalidRecipe() throws {
        let recipes = Preset.all.map(\.recipe)
        var generator = SplitMix(state: 1)
        for recipe in recipes {
            let original = [UInt8](try JSONEncoder().encode(recipe))
            for _ in 0..<200 {
                var bytes = original
                for _ in 0...Int(generator.next() % 4) {
                    let place = Int(generator.next() % UInt64(bytes.count))
                    switch generator.next() % 3 {
                    case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                    case 1:
                        bytes.removeSubrange(place..<min(bytes.count, place + 1 + Int(generator.next() % 20)))
                    default: bytes.insert(contentsOf: Array("-9e99".utf8), at: place)
                    }
                    if bytes.isEmpty { bytes = [0] }
                }
                guard let survivor = try? JSONDecoder().decode(Recipe.self, from: Data(bytes)) else {
                    continue
                }
                try survivor.validate()
            }
        }
    }
}

/// SplitMix64 (Steele et al. 2014): enough for test data.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
