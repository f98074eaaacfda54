import GANEngine

/// One part of a frame. The numbers of the kinds are for ever; see ``FrameWriter`` for what surrounds them.
package enum FrameSection: Sendable {
    /// 1, real samples: u32 count, then positions.
    case real([Point])
    /// 2, fake samples: u32 count, then positions. The view's noise is fixed, so index i is the same sample
    /// from frame to frame.
    case fake([Point])
    /// 3, gradient of the generator's loss at each fake: u32 count, f32 scale, then i16 gx, i16 gy as
    /// g · 32767 / scale. The generator moves its samples against them.
    case gradients([Point])
    /// 4, σ(D(x)) on a grid: u16 n, u16 0, n·n probabilities, bottom row first.
    case heatmap(side: Int, [Float])
    /// 5, the generator's image of a grid of noise: u16 columns, u16 rows (in cells; 0 rows for a curve), then
    /// (columns + 1)·(rows + 1) positions, row by row.
    case manifold(columns: Int, rows: Int, [Point])
    /// 6, σ(D) at the fakes and at the reals: u32 count, probabilities, u32 count, probabilities.
    case scores(fake: [Float], real: [Float])
    /// 7, five f32: D's loss, G's loss (NaN before its first update), median norm of the gradients at the fakes, D's accuracy
    /// on reals, on fakes.
    case losses(Losses)
    /// 8, u32 count, then u16 metric id, u16 0, f32 value, f32 noise floor (NaN if it has none).
    case metrics([Metric])
    /// 9, latent noise of the fakes: u32 count, then its first two coordinates as z · 32767 / 4.
    case latent([Point])
    /// 10, chart points: u32 count, then u32 step, f32 D's loss, G's loss, KL, JS, sliced Wasserstein, modes
    /// (NaN where unknown). Encoding 0: points to merge by step; 1: the whole chart, replacing what was there.
    case history([ChartPoint], whole: Bool)
    /// 11, the optimal discriminator p/(p+q): as 4.
    case optimum(side: Int, [Float])
    /// 12, u32 run: the sections from here on are of that run. 0, implied at the start, is the session's own; 1 is
    /// the twin it is compared with.
    case run(UInt32)
    /// 13, the same recipe under several seeds: u32 count, then per seed: u32 seed, u32 step, u32 state, f32 modes
    /// covered (NaN if unknown), f32 sliced Wasserstein, f32 its noise floor, u32 verdict, u32 fakes, positions.
    case strip([SeedResult])
    /// 14, the discriminator's slope at the fakes: u32 count, f32 scale, i16 gx, i16 gy as g · 32767 / scale, then the
    /// raw scores as i16: logit · 32767 / 20, clamped.
    case pulls([Point], logits: [Float])
    /// 16 to 19, the networks from within.
    case inside(InsideSection)

    /// One seed of a strip.
    package struct SeedResult: Sendable {
        /// The numbers are for ever.
        package enum State: UInt32, Sendable {
            case running, done, diverged
        }

        /// The numbers are for ever.
        package enum Verdict: UInt32, Sendable {
            case unknown, good, partial, collapsed, diverged, away
        }

        package var seed: UInt32
        package var step: Int
        package var state = State.running
        package var modes = Float.nan
        package var slicedWasserstein = Float.nan
        package var floor = Float.nan
        package var verdict = Verdict.unknown
        package var fakes: [Point] = []

        package init(seed: UInt32, step: Int) {
            self.seed = seed
            self.step = step
        }
    }

    /// See ``FrameSection/losses(_:)``.
    package struct Losses: Hashable, Sendable {
        package var discriminator: Float
        package var generator: Float
        package var medianGradientNorm: Float
        package var accuracyOnReal: Float
        package var accuracyOnFake: Float

        package init(
            discriminator: Float, generator: Float, medianGradientNorm: Float, accuracyOnReal: Float,
            accuracyOnFake: Float
        ) {
            self.discriminator = discriminator
            self.generator = generator
            self.medianGradientNorm = medianGradientNorm
            self.accuracyOnReal = accuracyOnReal
            self.accuracyOnFake = accuracyOnFake
        }
    }

    /// See ``FrameSection/metrics(_:)``.
    package struct Metric: Hashable, Sendable {
        package var id: UInt16
        package var value: Float
        package var floor: Float

        package init(id: UInt16, value: Float, floor: Float) {
            self.id = id
            self.value = value
            self.floor = floor
        }
    }

    var kind: UInt16 {
        switch self {
        case .real: 1
        case .fake: 2
        case .gradients: 3
        case .heatmap: 4
        case .manifold: 5
        case .scores: 6
        case .losses: 7
        case .metrics: 8
        case .latent: 9
        case .history: 10
        case .optimum: 11
        case .run: 12
        case .strip: 13
        case .pulls: 14
        case .inside(let section): section.kind
        }
    }

    /// Whether it is usually the same from frame to frame, while the networks learn.
    var isSteady: Bool {
        switch self {
        case .real, .latent: true
        default: false
        }
    }

    var encoding: UInt16 {
        if case .history(_, whole: true) = self { 1 } else { 0 }
    }

    func write(to writer: inout ByteWriter, view: View) {
        switch self {
        case .real(let points), .fake(let points):
            writer.write(count: points.count)
            writer.write(points, as: view.quantise)
        case .gradients(let gradients):
            writer.write(gradients: gradients)
        case .heatmap(let side, let values), .optimum(let side, let values):
            let leaning = Quantise.Leaning(of: values)
            writer.write(UInt16(side))
            writer.write(leaning.code)
            writer.write(values.map(leaning.quantise))
        case .manifold(let columns, let rows, let points):
            writer.write(UInt16(columns))
            writer.write(UInt16(rows))
            writer.write(points, as: view.quantise)
        case .scores(let fake, let real):
            writer.write(count: fake.count)
            writer.write(fake.map(Quantise.probability))
            writer.write(count: real.count)
            writer.write(real.map(Quantise.probability))
        case .losses(let losses):
            writer.write(losses.discriminator)
            writer.write(losses.generator)
            writer.write(losses.medianGradientNorm)
            writer.write(losses.accuracyOnReal)
            writer.write(losses.accuracyOnFake)
        case .metrics(let metrics):
            writer.write(metrics: metrics)
        case .latent(let points):
            let latentView = View(centre: Point(0, 0), halfExtent: 1)
            writer.write(count: points.count)
            writer.write(points, as: latentView.quantise)
        case .history(let points, _):
            writer.write(history: points)
        case .run(let run):
            writer.write(run)
        case .strip(let results):
            writer.write(count: results.count)
            for result in results { writer.write(result, view: view) }
        case .pulls(let gradients, let logits):
            writer.write(gradients: gradients)
            for logit in logits { writer.write(Quantise.signed(logit * Quantise.positionLimit / 20)) }
        case .inside(let section):
            section.write(to: &writer)
        }
    }
}

extension ByteWriter {
    fileprivate mutating func write(count: Int) {
        write(UInt32(count))
    }

    fileprivate mutating func write(_ points: [Point], as quantise: (Point) -> (x: Int16, y: Int16)) {
        for point in points {
            let (x, y) = quantise(point)
            write(x)
            write(y)
        }
    }

    fileprivate mutating func write(gradients: [Point]) {
        let largest = gradients.reduce(Float(0)) { largest, gradient in
            max(largest, gradient.x.isFinite ? abs(gradient.x) : 0, gradient.y.isFinite ? abs(gradient.y) : 0)
        }
        write(count: gradients.count)
        write(largest)
        let factor = largest > 0 ? Quantise.positionLimit / largest : 0
        write(gradients) { (Quantise.signed($0.x * factor), Quantise.signed($0.y * factor)) }
    }

    fileprivate mutating func write(metrics: [FrameSection.Metric]) {
        write(count: metrics.count)
        for metric in metrics {
            write(metric.id)
            write(UInt16(0))
            write(metric.value)
            write(metric.floor)
        }
    }

    fileprivate mutating func write(history points: [ChartPoint]) {
        write(count: points.count)
        for point in points {
            write(UInt32(clamping: point.step))
            write(point.discriminatorLoss)
            write(point.generatorLoss)
            write(point.kullbackLeibler)
            write(point.jensenShannon)
            write(point.slicedWasserstein)
            write(point.modes)
        }
    }

    fileprivate mutating func write(_ result: FrameSection.SeedResult, view: View) {
        write(result.seed)
        write(UInt32(clamping: result.step))
        write(result.state.rawValue)
        write(result.modes)
        write(result.slicedWasserstein)
        write(result.floor)
        write(result.verdict.rawValue)
        write(count: result.fakes.count)
        write(result.fakes, as: view.quantise)
    }
}
