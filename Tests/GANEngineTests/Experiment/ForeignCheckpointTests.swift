import GANEngine
import Testing

/// A checkpoint is read as if a stranger had written it.
@Suite("A checkpoint that no run made")
struct ForeignCheckpointTests {
    private static func state(_ change: (inout TrainingState) -> Void) throws -> TrainingState {
        var state = try Experiment(Recipe()).checkpoint().state
        change(&state)
        return state
    }

    @Test(
        "counts more than any run can: it is refused, and neither adding to it nor a table ends the process")
    func counters() throws {
        for (step, updates) in [(0, Int.max), (.max, 0), (1 << 54, 0), (0, 1 << 54)] {
            let state = try Self.state { $0.generator.updates = updates }
            let checkpoint = Checkpoint(step: step, state: state)
            #expect(throws: RecipeError.self) { try Experiment(Recipe(), from: checkpoint) }
            #expect(throws: Checkpoint.CodecError.impossible) { try Checkpoint(bytes: checkpoint.bytes) }
        }
    }

    @Test("goes on from the last count there is")
    func lastCount() throws {
        let last = Bounds.counter.upperBound
        for optimizer in OptimizerKind.allCases {
            var recipe = Recipe()
            recipe.settings.generator.optimizer.kind = optimizer
            recipe.settings.generator.optimizer.schedule = .stepwise
            var state = try Experiment(recipe).checkpoint().state
            state.generator.updates = last
            let experiment = try Experiment(recipe, from: Checkpoint(step: last, state: state))
            try experiment.run(steps: 2)
            #expect(experiment.step == last + 2)
        }
    }

    @Test("holds weights that are no numbers")
    func notFinite() throws {
        for weight in [Float.nan, .infinity, -.infinity] {
            let state = try Self.state { $0.discriminator.weights[3] = weight }
            let bytes = Checkpoint(step: 0, state: state).bytes
            #expect(throws: Checkpoint.CodecError.impossible) { try Checkpoint(bytes: bytes) }
        }
    }

    @Test(
        "holds the largest weights there are: every view and metric is still computed, and it diverges in order"
    )
    func largestWeights() throws {
        let state = try Self.state { state in
            for index in state.generator.weights.indices {
                state.generator.weights[index] = index.isMultiple(of: 3) ? -3.4e38 : 3.4e38
            }
            for index in state.discriminator.weights.indices { state.discriminator.weights[index] = 3.4e38 }
        }
        let experiment = try Experiment(Recipe(), from: Checkpoint(step: 200, state: state))
        let evaluator = MetricEvaluator(Recipe().settings)
        _ = VerdictTracker(evaluator).verdict(on: evaluator.measure(experiment.snapshot()), after: [])
        let snapshot = experiment.snapshot()
        _ = snapshot.generatorMaps(5, limit: 64)
        _ = snapshot.discriminatorMaps(5, in: .unitSquare, limit: 64)
        _ = snapshot.generatorStages(5)
        let grid = Grid(centre: Point(0, 0), half: 1)
        _ = grid.density(of: snapshot.fakes(100))
        #expect(throws: Divergence.self) { try experiment.run(steps: 1) }
        #expect(experiment.step == 200)
    }
}
