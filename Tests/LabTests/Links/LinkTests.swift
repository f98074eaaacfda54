import GANEngine
import Lab
import Testing

/// A link gives back exactly the experiment it was made from, and is short.
@Suite struct LinkTests {
    private static func roundTrip(_ recipe: Recipe, step: Int = 0) throws -> Link {
        let link = Link(recipe: recipe, step: step)
        #expect(try Link(bytes: link.bytes) == link)
        if link.text.count <= Link.maximumLength { #expect(try Link(text: link.text) == link) }
        return link
    }

    @Test func theDefaultIsTiny() throws {
        let link = try Self.roundTrip(Recipe(), step: 1_234)
        #expect(link.text.count <= 16, "\(link.text)")
    }

    @Test(arguments: Preset.all.map(\.name))
    func everyPreset(name: String) throws {
        let preset = try #require(Preset.named(name))
        let link = try Self.roundTrip(preset.recipe, step: preset.step)
        #expect(link.text.count < 500, "\(link.text.count) characters")
    }

    @Test func everySettingAwayFromItsDefault() throws {
        for field in Schema.fields {
            for value in Self.samples(of: field.kind) {
                var recipe = Recipe()
                try recipe.settings.set(field.path, to: value)
                guard (try? recipe.validate()) != nil else { continue }
                let link = try Self.roundTrip(recipe)
                #expect(link.text.count <= 120, "\(field.path): \(link.text.count) characters")
            }
        }
    }

    @Test func timelinesKeepTheirOrder() throws {
        var recipe = Recipe()
        let rate = { (rate: Double) in
            Change.set(path: "generator.optimizer.learningRate", value: .number(rate))
        }
        recipe.timeline = [
            Edit(step: 0, change: rate(0.003)), Edit(step: 5, change: .only(.generator)),
            Edit(step: 5, change: .only(.discriminator)), Edit(step: 5, change: rate(1.0 / 3)),
            Edit(step: 5, change: .draw(Stroke(points: [Point(0.25, 0.5), Point(-3, 5)], width: 0.02))),
            Edit(step: 100_000, change: .set(path: "loss.kind", value: .text("hinge"))),
        ]
        let link = try Self.roundTrip(recipe, step: 123_456)
        #expect(link.text.count < 100)
    }

    /// What somebody draws in a few minutes fits: 40 strokes of 50 points each.
    @Test func drawingsAreExactAndSmallOnTheGrid() throws {
        let strokes = (0..<40).map { stroke in
            let points = (0..<50).map { index in
                let angle = Float(index) / 8 + Float(stroke)
                return Point(
                    0.5 + 0.3 * Self.sine(angle), 0.5 + 0.01 * Float(stroke) - 0.1 * Self.sine(angle * 1.7))
            }
            return Stroke(points: points, width: 0.02)
        }
        var recipe = Recipe()
        recipe.settings.target = Target.drawing(strokes).onGrid
        let link = try Self.roundTrip(recipe)
        #expect(link.text.count <= Link.maximumLength, "\(link.text.count) characters for 2,000 points")

        // Off the grid nothing is lost either; it is merely longer.
        recipe.settings.target = .drawing(strokes)
        _ = try Self.roundTrip(recipe)
    }

    @Test func theGridIsFinerThanTheEye() {
        let drawing = Target.drawing([Stroke(points: [Point(0.123456, -0.00001), Point(1, 0)], width: 0.02)])
        guard case .drawing(let strokes) = drawing.onGrid else {
            Issue.record("a drawing stays a drawing")
            return
        }
        #expect(abs(strokes[0].points[0].x - 0.123456) < 1.0 / 8_000)
        #expect(strokes[0].points[0].y.sign == .plus)
        #expect(strokes[0].points[1] == Point(1, 0))
        #expect(drawing.onGrid.onGrid == drawing.onGrid)
    }

    @Test func theLargestNetworksAreExact() throws {
        var recipe = Recipe()
        recipe.settings.target = .named(.ring8)
        recipe.settings.generator.hidden = [512, 300, 512]
        recipe.settings.discriminator.hidden = [512]
        recipe.settings.noise.dimension = 256
        recipe.settings.discriminator.updates = 50
        recipe.settings.batch = 16
        let link = Link(recipe: recipe, step: 7)
        #expect(try Link(text: link.text) == link)
    }

    @Test func mixturesAndPointsAreExact() throws {
        var recipe = Recipe()
        recipe.settings.target = .mixture([
            MixtureComponent(
                mean: Point(0.1, -2), varianceX: 0.3, varianceY: 1e-9, covariance: 0, weight: 0.7),
            MixtureComponent(mean: Point(1, 1), varianceX: 1, varianceY: 1, covariance: 0.5),
        ])
        _ = try Self.roundTrip(recipe)
        let points = (0..<500).map { Point(Self.sine(Float($0)), Self.sine(Float($0 * $0 % 97))) }
        let transform = Transform(scale: 12.34, offset: Point(-5.6, 7.8))
        for target in [
            Target.points(points, transform: transform), .points(points, transform: transform).onGrid,
            .points(points, transform: Transform(scale: (0.1, 300), offset: (x: 1.7e9, y: -2))),
        ] {
            recipe.settings.target = target
            _ = try Self.roundTrip(recipe)
        }
    }

    @Test func whatIsTooLongForAnAddressGetsAShortName() throws {
        let short = Link(recipe: Recipe(), step: 7)
        #expect(LinkAddress(short) == .whole(short))
        #expect(try LinkAddress(text: LinkAddress(short).text) == .whole(short))

        var recipe = Recipe()
        let points = (0..<4_000).map { Point(Self.sine(Float($0)), Self.sine(Float($0 * $0 % 997))) }
        recipe.settings.target =
            Target.points(points, transform: Transform(scale: 1, offset: Point(0, 0))).onGrid
        let start = Link(recipe: recipe, step: 0)
        let long = Link(recipe: recipe, step: 1_234)
        let address = LinkAddress(long)
        #expect(LinkAddress.kept(of: long) == start.bytes, "every step of a run shares what is kept")
        #expect(address == .short(ShortID.of(start.bytes), step: 1_234))
        #expect(address.text.count == 16)
        #expect(try LinkAddress(text: address.text) == address)
        #expect(throws: LinkError.truncated) { try LinkAddress(text: address.text.dropLast()) }
        for text in [address.text + "x", "~0123 56789", "~-1.0123456789", "~.0123456789", "~1.2.0123456789"] {
            #expect(throws: LinkError.malformed) { try LinkAddress(text: text) }
        }
        #expect(
            try LinkAddress(text: "~0123456789") == .short("0123456789", step: nil),
            "links of the first labs keep their step with the rest")
    }

    // MARK: Samples

    private static func samples(of kind: FieldKind) -> [Value] {
        switch kind {
        case .integer(let range):
            [range.lowerBound, range.upperBound, (range.lowerBound + range.upperBound) / 2].map {
                .number(Double($0))
            }
        case .number(let range, _, let zero):
            [
                range.lowerBound, range.upperBound,
                range.lowerBound + (range.upperBound - range.lowerBound) / 3,
            ].map {
                .number($0)
            } + (zero ? [.number(0)] : [])
        case .flag: [.flag(true), .flag(false)]
        case .choice(let choices): choices.map { .text($0.value) }
        case .widths(let layers, let neurons):
            [
                .integers([]), .integers(Array(repeating: neurons.lowerBound, count: layers.upperBound)),
                .integers([7, 9]),
            ]
        case .target: [.target(.mixture([MixtureComponent(mean: Point(0, 0), varianceX: 1, varianceY: 1)]))]
        }
    }

    /// Bhaskara's approximation, so that the test needs no mathematics library.
    private static func sine(_ angle: Float) -> Float {
        let turns = angle / (2 * .pi)
        let x = (turns - turns.rounded(.down)) * 2 * .pi
        let half = x > .pi ? x - .pi : x
        let value = 16 * half * (.pi - half) / (5 * .pi * .pi - 4 * half * (.pi - half))
        return x > .pi ? -value : value
    }
}
