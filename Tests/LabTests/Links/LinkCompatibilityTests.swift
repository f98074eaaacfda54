import GANEngine
import Lab
import Testing

/// Links as they were once shared. They must open for ever and mean what they meant: never change a text here.
@Suite struct LinkCompatibilityTests {
    @Test(arguments: examples)
    func version1(example: Example) throws {
        let link = try Link(text: example.text)
        #expect(link.step == example.step)
        #expect(link.recipe == example.recipe)
        #expect(link.text == example.text, "shared again, it is the link it was")
    }

    @Test func version2() throws {
        let link = try Link(text: "AgWAva5FANIJAAA")
        #expect(link == Link(recipe: Recipe(settings: Settings(.second)), step: 1_234))
        #expect(link.text == "AgWAva5FANIJAAA")
    }

    /// What version 2 takes for granted. A default that changes must not change what such a link shows.
    @Test func version2RemembersItsDefaults() throws {
        let settings = try Link(text: "AgWAva5FANIJAAA").recipe.settings
        #expect(settings.coordinates == .picture && settings.generator.average == 0.998)
        #expect(settings.penalty.r1 == 0.2 && settings.batch == 128)
        for optimizer in [settings.generator.optimizer, settings.discriminator.optimizer] {
            #expect(optimizer.learningRate == 0.003 && optimizer.beta1 == 0 && optimizer.beta2 == 0.9)
            #expect(optimizer.schedule == .cosine && optimizer.period == 15_000 && optimizer.factor == 0.05)
        }
    }

    /// What version 1 took for granted. A default that changes must not change what an old link shows.
    @Test func version1RemembersItsDefaults() throws {
        let settings = try Link(text: Self.examples[0].text).recipe.settings
        #expect(settings.generator.hidden == [32, 32] && settings.discriminator.hidden == [32, 32])
        #expect(
            settings.generator.optimizer.learningRate == 0.001 && settings.generator.optimizer.beta1 == 0)
        #expect(settings.penalty.r1 == 0.1 && settings.generator.optimizer.beta2 == 0.99)
        #expect(settings.batch == 128 && settings.seed == 1 && settings.target == .named(.ring))
        #expect(settings.loss.kind == .nonSaturating && settings.noise.distribution == .gaussian)
    }

    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let step: Int
        let recipe: Recipe
    }

    static let examples = [
        Example(testDescription: "default", text: "AQWAva5FANIJAAA", step: 1_234, recipe: recipe { _ in }),
        Example(
            testDescription: "settings and edits",
            text:
                "AYIBiAIXLQFb0MvGCyv-oAUmuBhk-Pf__395BvSCh6GBkQFL-cTCCa90MJIwK3MDC5MS1mTLAq6QMNM4wzF-VqyeYWUgKo4ZVl1tunLk5WtueUIxxsAkTkxuYEYUhSzIVRRG2c3AxMT6hZmBYBHEwMbKwIBeijMwMaYwMTDu2MXKgLc0ZYFWvAA",
            step: 100_000,
            recipe: recipe(timeline: [
                Edit(
                    step: 500, change: .set(path: "generator.optimizer.learningRate", value: .number(0.003))),
                Edit(step: 500, change: .set(path: "loss.smoothReal", value: .number(0.1))),
                Edit(step: 600, change: .only(.discriminator)), Edit(step: 600, change: .only(.generator)),
                Edit(
                    step: 90_000, change: .set(path: "generator.optimizer.schedule", value: .text("cosine"))),
            ]) {
                $0.seed = 4_294_967_295
                $0.target = .named(.grid25)
                $0.noise.dimension = 64
                $0.noise.distribution = .truncated
                $0.generator.hidden = [256, 1, 17]
                $0.generator.activation = .sine
                $0.generator.average = 0.995
                $0.discriminator.hidden = []
                $0.discriminator.optimizer.learningRate = 1.0 / 3
                $0.discriminator.optimizer.epsilon = 1e-12
                $0.discriminator.spectralNormalization = true
                $0.loss.kind = .wasserstein
                $0.penalty.gradient = 10
            }),
        Example(
            testDescription: "drawing", text: "ASTe40GuAWNghBZ-bExMXNcX22gwMTA0MDIxsFAPnj1zxpaRqcGBgQEA",
            step: 0,
            recipe: recipe {
                let line = (0..<40).map { Point(Float($0) / 64, Float($0 * $0) / 4_096) }
                $0.target = .drawing([
                    Stroke(points: line, width: 0.02), Stroke(points: [Point(1, 0)], width: 0.1),
                ])
            }),
        Example(
            testDescription: "mixture",
            text: "ATBwhhE2AWNnhBZ-bIxMZ8-csT17xmffrJkz7YBsIPaxZWBgcGBgaLAHYfHtFy1AmAEMgGIA", step: 7,
            recipe: recipe {
                $0.target = .mixture([
                    MixtureComponent(
                        mean: Point(0.1, -0.2), varianceX: 0.3, varianceY: 0.4, covariance: 0.05, weight: 2),
                    MixtureComponent(mean: Point(1, 1), varianceX: 0.0001, varianceY: 0.0001),
                ])
            }),
        Example(
            testDescription: "points off the grid",
            text: "ASjbreluAWNghBZ-bMwMDAfsGRgcDjAwNDgwMZw9c8b27Bkfu1kzZ-4Dsu0YAA", step: 0,
            recipe: recipe {
                let transform = Transform(scale: 1.5, offset: Point(-3, 4))
                $0.target = .points([Point(0.1, 0.2), Point(-0.3, 0.4)], transform: transform)
            }),
        Example(
            testDescription: "points on the grid", text: "ARvCD_QxAWNghBZ-bMwMDA32DFDAxNgg8J_9v31DAgMA",
            step: 0,
            recipe: recipe {
                let transform = Transform(scale: 1, offset: Point(0, 0))
                $0.target = .points([Point(0.25, -0.125), Point(-1, 1.5)], transform: transform)
            }),
    ]

    private static func recipe(timeline: [Edit] = [], _ change: (inout Settings) -> Void) -> Recipe {
        var recipe = Recipe(settings: Settings(.first), timeline: timeline)
        change(&recipe.settings)
        return recipe
    }
}
