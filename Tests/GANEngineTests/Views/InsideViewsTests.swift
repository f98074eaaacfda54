import GANEngine
import Testing

/// What the page's look inside the networks rests on.
@Suite struct InsideViewsTests {
    @Test func aMapHoldsWhatTheUnitAnswersAtEachPlaceOfTheView() throws {
        let snapshot = try Snapshot.sample(hidden: [3, 5])
        let view = View(centre: Point(1, -1), halfExtent: 2)
        let maps = snapshot.discriminatorMaps(4, in: view, limit: 2)
        #expect(maps.layers.map(\.width) == [3, 5, 1])
        #expect(maps.layers.map(\.units.count) == [2, 2, 1])
        // The third column of the second row from below: x = 1 + 2 · (5/4 − 1), y = −1 + 2 · (3/4 − 1).
        let there = snapshot.discriminator.activations(Batch([Point(1.5, -1.5)]))
        for (layer, expected) in zip(maps.layers, there) {
            for (unit, map) in layer.units.enumerated() {
                #expect(abs(map[1 * 4 + 2] - expected[0, unit]) < 1e-5)
            }
        }
    }

    @Test func theGeneratorsMapsLieOverTheNodesOfItsManifold() throws {
        let snapshot = try Snapshot.sample(hidden: [3])
        let maps = snapshot.generatorMaps(6, limit: 64)
        let nodes = snapshot.manifold(5).nodes
        #expect((maps.columns, maps.rows) == (6, 6))
        #expect(maps.layers[1].units == [nodes.map(\.x), nodes.map(\.y)])
    }

    @Test func aSilencedUnitIsHeardByNobody() throws {
        let snapshot = try Snapshot.sample(hidden: [3, 5])
        let probe = Batch([Point(0.3, -0.4), Point(-1, 2)])
        let silenced = snapshot.silencing([HiddenUnit(network: .generator, layer: 1, unit: 4)])
        #expect(silenced.discriminator == snapshot.discriminator)
        #expect(silenced.generator.outputs(probe) != snapshot.generator.outputs(probe))

        // Whatever the unit would say makes no difference any more.
        var deafened = silenced.generator
        let layer = deafened.shape.layers[1]
        for input in 0..<layer.inputs { deafened.parameters[layer.weights + 4 * layer.inputs + input] += 1 }
        #expect(deafened.outputs(probe) == silenced.generator.outputs(probe))
    }

    @Test func unitsThatTheNetworksDoNotHaveAreLeftOut() throws {
        let snapshot = try Snapshot.sample(hidden: [3])
        let strangers = [
            HiddenUnit(network: .generator, layer: 1, unit: 0),
            HiddenUnit(network: .discriminator, layer: 0, unit: 3),
            HiddenUnit(network: .discriminator, layer: -1, unit: -1),
        ]
        let silenced = snapshot.silencing(strangers)
        #expect(silenced.generator == snapshot.generator)
        #expect(silenced.discriminator == snapshot.discriminator)
    }

    @Test func theStagesLeadFromTheNoiseToTheSamples() throws {
        let snapshot = try Snapshot.sample(hidden: [2, 6])
        let grid = NoiseSampler(snapshot.settings.noise).grid(3)
        let stages = snapshot.generatorStages(3).stages
        #expect(stages.map(\.width) == [2, 2, 6, 2])
        #expect(stages[0].points == grid.points)
        #expect(stages[1].points == snapshot.generator.activations(grid)[0].points)
        #expect(stages[3].points == snapshot.generator.outputs(grid).points)
        #expect(stages.allSatisfy { $0.points.count == 16 && $0.explained > 0 && $0.explained <= 1 })
    }

    /// A plane tilted in five dimensions is shown as it is: every distance is kept, and nothing is lost.
    @Test func aProjectionOfAFlatSheetLosesNothing() {
        var sheet = Batch(features: 5, count: 60)
        for sample in 0..<60 {
            let (u, v) = (Float(sample % 10), 3 * Float(sample / 10))
            for (feature, value) in [0.6 * u + 7, 0.8 * u, v, 4, 0].enumerated() {
                sheet[sample, feature] = value
            }
        }
        let plane = PrincipalPlane(sheet)
        #expect(plane.explained > 0.9999)
        for (a, b) in [(0, 59), (3, 17), (20, 21)] {
            let expected = (0..<5).reduce(Float(0)) { $0 + square(sheet[a, $1] - sheet[b, $1]) }
            let shown =
                square(plane.points[a].x - plane.points[b].x) + square(plane.points[a].y - plane.points[b].y)
            #expect(abs(shown - expected) < 1e-3 * expected)
        }
    }

    @Test func theVarianceThatAPlaneCannotShowIsSaid() {
        // The corners of a cube: a plane shows two thirds of it.
        var cube = Batch(features: 3, count: 8)
        for sample in 0..<8 {
            for feature in 0..<3 { cube[sample, feature] = sample >> feature & 1 == 1 ? 1 : -1 }
        }
        #expect(abs(PrincipalPlane(cube).explained - 2.0 / 3) < 1e-4)
    }

    @Test(arguments: [false, true]) func aTurnedSheetIsTurnedBack(mirrored: Bool) {
        let sheet = [Point(0, 0), Point(2, 0), Point(0, 1), Point(-2, -1)]
        let turned = sheet.map { point in
            let x = mirrored ? -point.x : point.x
            return Point(0.6 * x - 0.8 * point.y, 0.8 * x + 0.6 * point.y)
        }
        for (back, original) in zip(turned.turned(towards: sheet), sheet) {
            #expect(abs(back.x - original.x) < 1e-5 && abs(back.y - original.y) < 1e-5)
        }
    }
}

private func square(_ x: Float) -> Float { x * x }

extension Snapshot {
    /// Untrained networks, both with these hidden layers.
    fileprivate static func sample(hidden: [Int]) throws -> Snapshot {
        var settings = Settings()
        settings.generator.hidden = hidden
        settings.discriminator.hidden = hidden
        return try Experiment(Recipe(settings: settings)).snapshot()
    }
}
