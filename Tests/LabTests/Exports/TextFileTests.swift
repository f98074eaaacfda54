import GANEngine
import Lab
import Testing

/// Recipes and tables as text.
@Suite struct TextFileTests {
    @Test(arguments: Preset.all.map(\.name))
    func aRecipeIsReadAsItWasWritten(name: String) throws {
        let recipe = try #require(Preset.named(name)).recipe
        #expect(try RecipeFile.decode(RecipeFile.encode(recipe)) == recipe)
    }

    @Test func aRecipeNeedNotSayEverything() throws {
        let recipe = try RecipeFile.decode(Array(#"{"settings":{"batch":64}}"#.utf8))
        #expect(recipe.settings.batch == 64)
        #expect(recipe.settings.generator == Settings(.first).generator)
    }

    @Test(arguments: [
        ("", "is not JSON"), ("{", "is not JSON"), ("[]", "another type"),
        (#"{"settings":{"batch":"many"}}"#, "batch"), (#"{"settings":{"batch":0}}"#, "batch"),
        (#"{"settings":{"wings":2}}"#, "wings"), (#"{"version":99}"#, "99"),
        (#"{"timeline":[{"step":5,"only":"nobody"}]}"#, "nobody"),
        (#"{"timeline":[{"only":"generator"}]}"#, "step"),
        (
            #"{"timeline":[{"step":5,"only":"generator"},{"step":4,"only":"generator"}]}"#,
            "steps must not decrease"
        ),
    ])
    func whatIsWrongWithARecipeIsNamed(text: String, hint: String) {
        let error = #expect(throws: ImportError.self) { try RecipeFile.decode(Array(text.utf8)) }
        #expect(error?.description.contains(hint) == true, "\(String(describing: error))")
    }

    @Test func samplesAreInTheCoordinatesInWhichTheyCame() throws {
        let points = [Point(0.5, 0.25), Point(1, -1e-7)]
        #expect(CSV.samples(points, of: .named(.ring)) == "x,y\r\n0.5,0.25\r\n1.0,-1e-07\r\n")
        let target = Target.points(points, transform: Transform(scale: 10, offset: Point(1, 2)))
        #expect(CSV.samples([Point(0.5, 0.25)], of: target) == "x,y\r\n6.0,4.5\r\n")
        let again = try PointsFile(Array(CSV.samples(points, of: .named(.ring)).utf8)).points
        #expect(again.map { Float($0.x) } == [0.5, 1] && again.map { Float($0.y) } == [0.25, -1e-7])
    }

    @Test func metricsThatWereNotMeasuredAreEmpty() {
        var point = ChartPoint(step: 12, discriminatorLoss: 1.25, generatorLoss: 0.5)
        point.slicedWasserstein = 0.03
        let text = CSV.metrics([point])
        #expect(text.hasPrefix("step,discriminatorLoss,generatorLoss,kullbackLeibler,"))
        #expect(text.hasSuffix("\r\n12,1.25,0.5,,,0.03,\r\n"))
    }

    @Test(
        "A table for Excel has semicolons, decimal commas and a byte order mark, and is read back as the same numbers"
    )
    func excel() throws {
        let points = [Point(0.5, 0.25), Point(1, -1e-7)]
        let table = CSV.samples(points, of: .named(.ring), as: .excel)
        #expect(table == "\u{FEFF}x;y\r\n0,5;0,25\r\n1,0;-1e-07\r\n")
        let again = try PointsFile(Array(table.utf8)).points
        #expect(again.map { Float($0.x) } == [0.5, 1] && again.map { Float($0.y) } == [0.25, -1e-7])
        var point = ChartPoint(step: 12, discriminatorLoss: 1.25, generatorLoss: 0.5)
        point.slicedWasserstein = 0.03
        #expect(CSV.metrics([point], as: .excel).hasSuffix("\r\n12;1,25;0,5;;;0,03;\r\n"))
    }

    @Test("Samples are in the file's units on both axes")
    func unitsOfBothAxes() {
        let transform = Transform(scale: (2, 300), offset: (x: 1, y: 500))
        let target = Target.points([Point(0, 0)], transform: transform)
        #expect(CSV.samples([Point(0.5, 0.25)], of: target) == "x,y\r\n2.0,575.0\r\n")
    }
}
