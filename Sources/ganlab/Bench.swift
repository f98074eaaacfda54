import ArgumentParser
import GANEngine
import Glibc

/// `ganlab bench`: how fast training is, beside what the core could do at most.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure training steps per second of one thread, beside the core's peak.",
        discussion: """
            Three sizes: a, GAN Lab's default; b, three layers of 64, batch 512, Adam; c, four layers of 256, batch \
            1024, Adam. The real training loop, with fresh noise and fresh samples for every update. Peak is fused \
            multiply-adds in registers, measured in the same run, and the matrix products alone are counted against it. \
            Seconds are the thread's own processor time.
            """)

    @Option(help: "Seconds for each measurement.")
    var seconds = 2.0

    @Option(help: "Instruction set: any, avx2 or avx512; the best one without it.")
    var instructions = InstructionSet.best

    func validate() throws {
        guard (0.1...60).contains(seconds) else { throw ValidationError("--seconds goes from 0.1 to 60.") }
        guard instructions <= .best else {
            throw ValidationError("This processor does not have \(instructions).")
        }
    }

    func run() throws {
        print("instructions \(instructions)\n")
        print("size      steps/s   GFLOP/s      peak   of peak   networks")
        for size in BenchSize.all {
            let experiment = try Experiment(Recipe(settings: size.settings), instructions: instructions)
            let before = peak()
            let rate = try rate { try experiment.run(steps: $0) }
            // The core's clock wanders: the peak is what it was just before and just after.
            let peak = (before + peak()) / 2
            let speed = rate * Double(size.settings.productOperations)
            print(
                size.name.padded(to: 4), rate.shown(width: 12, rate < 1000 ? 1 : 0),
                (speed / 1e9).shown(width: 9, 1), (peak / 1e9).shown(width: 9, 1),
                (100 * speed / peak).shown(width: 7, 1) + " %", " ", size.networks)
        }
        print("\na frame at size a:")
        for (part, duration) in try frameParts() {
            print(" ", part.padded(to: 50), "\((duration * 1e3).shown(width: 6, 3)) ms")
        }
    }

    /// Floating-point operations a second of nothing but multiply-adds.
    private func peak() -> Double {
        var checksum: Float = 0
        let rounds = rate(for: min(seconds, 0.3)) { checksum += instructions.multiplyAdd(rounds: $0) }
        precondition(checksum.isFinite)
        return rounds * Double(InstructionSet.operationsPerRound)
    }

    /// Seconds that the parts of a frame take.
    private func frameParts() throws -> [(part: String, duration: Double)] {
        let experiment = try Experiment(Recipe(settings: BenchSize.all[0].settings))
        try experiment.run(steps: 100)
        let view = TargetSampler(experiment.settings.target).view
        let evaluator = MetricEvaluator(experiment.settings)
        func picture(_ snapshot: Snapshot) -> Float {
            let fakes = snapshot.fakes(450)
            return snapshot.generatorGradients(at: fakes).logits[0]
                + snapshot.discriminatorMap(50, in: view)[0]
                + snapshot.manifold(20).nodes[0].x
        }
        func metrics(_ snapshot: Snapshot, slow: Bool) -> Float {
            evaluator.measure(snapshot, slow: slow).values[.slicedWasserstein]
        }
        func duration(_ body: (Snapshot) -> Float) -> Double {
            var checksum: Float = 0
            let rate = rate { count in
                for _ in 0..<count { checksum += body(experiment.snapshot()) }
            }
            precondition(checksum.isFinite)
            return 1 / rate
        }
        return [
            ("450 fakes, gradients, 50 × 50 map, manifold", duration(picture)),
            ("quick metrics, of 2,000 fakes", duration { metrics($0, slow: false) }),
            ("both: what every frame does", duration { picture($0) + metrics($0, slow: false) }),
            ("all metrics: what some frames a second do", duration { metrics($0, slow: true) }),
        ]
    }

    /// How often a second `work` is done; it is told how often to do it in one go.
    private func rate(for duration: Double? = nil, _ work: (_ count: Int) throws -> Void) rethrows -> Double {
        var count = 1
        while true {
            let start = threadSeconds()
            try work(count)
            let elapsed = threadSeconds() - start
            if elapsed >= (duration ?? seconds) { return Double(count) / elapsed }
            let wanted = Double(count) * (duration ?? seconds) * 1.1 / max(elapsed, 1e-7)
            count = max(count + 1, min(Int(wanted), count * 100))
        }
    }
}

/// Processor time of this thread: what others do on the machine meanwhile counts little.
private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// One of the sizes that are compared everywhere.
struct BenchSize {
    let name: String
    let networks: String
    let settings: Settings

    static let all = [
        BenchSize(name: "a", networks: "G 2-8-8-2, D 2-8-8-1, batch 150, SGD, D twice") {
            $0.generator.hidden = [8, 8]
            $0.discriminator.hidden = [8, 8]
            $0.generator.activation = .relu
            $0.discriminator.activation = .relu
            $0.generator.output = .tanh
            $0.generator.optimizer.kind = .sgd
            $0.discriminator.optimizer.kind = .sgd
            $0.discriminator.updates = 2
            $0.noise.distribution = .uniform
            $0.batch = 150
        },
        BenchSize(name: "b", networks: "3 × 64 both, batch 512, Adam") {
            $0.generator.hidden = [64, 64, 64]
            $0.discriminator.hidden = [64, 64, 64]
            $0.batch = 512
        },
        BenchSize(name: "c", networks: "4 × 256 both, batch 1024, Adam") {
            $0.generator.hidden = [256, 256, 256, 256]
            $0.discriminator.hidden = [256, 256, 256, 256]
            $0.generator.optimizer.learningRate = 1e-4
            $0.discriminator.optimizer.learningRate = 1e-4
            $0.batch = 1024
        },
    ]

    private init(name: String, networks: String, _ change: (inout Settings) -> Void) {
        self.name = name
        self.networks = networks
        var settings = Settings(.first)
        settings.penalty.r1 = 0
        change(&settings)
        self.settings = settings
    }
}

extension Settings {
    /// Floating-point operations of all matrix products of one plain step; a multiply-add counts as two.
    fileprivate var productOperations: Int {
        let (g, d) = (generatorShape, discriminatorShape)
        let (gInner, dInner) = (g.operationsBehindFirstLayer, d.operationsBehindFirstLayer)
        // D: G forward, then D forward, weights' gradients and back to the second layer, for real and for
        // fake.
        let discriminatorUpdate = g.operations + 2 * (2 * d.operations + dInner)
        // G: both forward, back through all of D, weights' gradients of G and back to its second layer.
        let generatorUpdate = 2 * g.operations + gInner + 2 * d.operations
        return batch * (discriminator.updates * discriminatorUpdate + generator.updates * generatorUpdate)
    }
}

extension NetworkShape {
    fileprivate var operationsBehindFirstLayer: Int { operations - 2 * layers[0].inputs * layers[0].outputs }
}

extension InstructionSet: ExpressibleByArgument {
    public init?(argument: String) {
        guard let found = Self.allCases.first(where: { "\($0)" == argument }) else { return nil }
        self = found
    }
}
