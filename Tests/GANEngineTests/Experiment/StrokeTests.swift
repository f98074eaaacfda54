import GANEngine
import Testing

@Suite("A stroke drawn on the target while it is learned")
struct StrokeTests {
    private static let dot = Stroke(points: [Point(0.2, 0.2)], width: 0.01)
    private static let line = Stroke(points: [Point(0.5, 0.5), Point(0.9, 0.5)], width: 0.02)

    @Test func `takes the place of any other target, and adds to a drawing`() throws {
        let experiment = try Experiment(Recipe())
        try experiment.run(steps: 3)
        try experiment.edit(.draw(Self.dot))
        #expect(experiment.settings.target == .drawing([Self.dot]))
        try experiment.run(steps: 3)
        try experiment.edit(.draw(Self.line))
        #expect(experiment.settings.target == .drawing([Self.dot, Self.line]))
        #expect(experiment.step == 6)
        #expect(experiment.recipe.settings.target == .named(.ring))
    }

    @Test func `is replayed from the recipe, from its start and from any checkpoint`() throws {
        let lived = try Experiment(Recipe())
        try lived.run(steps: 4)
        let early = lived.checkpoint()
        for stroke in [Self.dot, Self.line] { try lived.edit(.draw(stroke)) }
        try lived.run(steps: 4)
        try lived.edit(.draw(Self.line))
        try lived.run(steps: 4)

        for replayed in [try Experiment(lived.recipe), try Experiment(lived.recipe, from: early)] {
            try replayed.run(steps: 12 - replayed.step)
            #expect(replayed.checkpoint() == lived.checkpoint())
            #expect(replayed.settings == lived.settings)
        }
        let plain = try Experiment(Recipe())
        try plain.run(steps: 12)
        #expect(plain.checkpoint() != lived.checkpoint(), "it is learned from")
    }

    @Test func `begins the schedules again, so that a run whose rates have fallen to 0 learns it`() throws {
        var recipe = Recipe()
        for player in ["generator", "discriminator"] {
            try recipe.settings.set("\(player).optimizer.schedule", to: .text("cosine"))
            try recipe.settings.set("\(player).optimizer.period", to: .number(10))
            try recipe.settings.set("\(player).optimizer.factor", to: .number(0))
        }
        let experiment = try Experiment(recipe)
        try experiment.run(steps: 20)
        let rested = experiment.checkpoint().state.generator.weights
        try experiment.run(steps: 1)
        #expect(experiment.checkpoint().state.generator.weights == rested)
        try experiment.edit(.draw(Self.dot))
        let trace = try experiment.traceStep()
        #expect(trace.step == 21)
        #expect(trace.scheduleStep == 0)
        #expect(experiment.checkpoint().state.generator.weights != rested)
        #expect(try experiment.traceStep().scheduleStep == 1)
    }

    @Test func `is refused where the drawing would become larger than any may be, with the number`() throws {
        let experiment = try Experiment(Recipe())
        for _ in 0..<Bounds.strokes.upperBound { try experiment.edit(.draw(Self.dot)) }
        let error = #expect(throws: RecipeError.self) { try experiment.edit(.draw(Self.dot)) }
        #expect(error?.message == "target takes 1 to 200 strokes; got 201")
        #expect(experiment.recipe.timeline.count == Bounds.strokes.upperBound)
    }
}
