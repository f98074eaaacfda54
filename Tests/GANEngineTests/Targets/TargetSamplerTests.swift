import Foundation
import GANEngine
import Testing

@Suite("Targets")
struct TargetSamplerTests {
    private static let key = RandomStream(seed: 3, .real).key(step: 9)
    private static let strokes = [
        Stroke(points: [Point(0.2, 0.2), Point(0.2, 0.21), Point(0.8, 0.2)], width: 0.01),
        Stroke(points: [Point(0.5, 0.8)], width: 0.03),
    ]
    private static let components = [
        MixtureComponent(mean: Point(1, -1), varianceX: 0.04, varianceY: 0.09, covariance: 0.03, weight: 3),
        MixtureComponent(mean: Point(-1, 1), varianceX: 0.01, varianceY: 0.01, weight: 1),
    ]
    private static let brought: [Point] = (0..<37).map { Point(Float($0), Float($0 * $0)) }
    private static let points = Target.points(brought, transform: Transform(scale: 1, offset: Point(0, 0)))
    static let all: [Target] =
        NamedTarget.allCases.map(Target.named) + [.mixture(components), .drawing(strokes), points]

    @Test("have the same bits on every instruction set", arguments: all)
    func sameBits(target: Target) {
        let sampler = TargetSampler(target)
        let reference = sampler.batch(1_000, key: Self.key, with: .any)
        for instructions in InstructionSet.available {
            #expect(sampler.batch(1_000, key: Self.key, with: instructions) == reference)
        }
    }

    @Test("give sample i whatever is drawn besides, wherever it is put", arguments: all)
    func placement(target: Target) {
        let sampler = TargetSampler(target)
        let whole = sampler.batch(320, key: Self.key)
        #expect(sampler.samples(70, key: Self.key) == Array(whole.points.prefix(70)))
        // Tiles 4 to 6, four rows apart, as packed samples are laid out.
        var packed = [Float](repeating: .nan, count: 3 * 128)
        packed.withUnsafeMutableBufferPointer {
            sampler.fill($0.baseAddress! + 64, tiles: 3, first: 4, stride: 128, key: Self.key)
        }
        for tile in 0..<3 {
            let untouched = packed[tile * 128..<tile * 128 + 64]
            let filled = Array(packed[tile * 128 + 64..<tile * 128 + 128])
            #expect(untouched.allSatisfy { $0.isNaN })
            #expect(filled == Array(whole.storage[(4 + tile) * 64..<(5 + tile) * 64]))
        }
    }

    @Test("lie within their view", arguments: all)
    func view(target: Target) {
        let sampler = TargetSampler(target)
        let (centre, half) = (sampler.view.centre, sampler.view.halfExtent)
        let inside = sampler.samples(10_000, key: Self.key).filter {
            abs($0.x - centre.x) <= half && abs($0.y - centre.y) <= half
        }
        #expect(inside.count >= 9_800)
    }

    @Test("have labels below their count, each of which occurs", arguments: all)
    func labels(target: Target) {
        let sampler = TargetSampler(target)
        #expect(Set(sampler.labels(5_000, key: Self.key)) == Set(0..<sampler.labelCount))
    }

    @Test("have the mean and covariance of their definition", arguments: Definition.all)
    fileprivate func moments(definition: Definition) {
        let samples = TargetSampler(.named(definition.name)).samples(200_000, key: Self.key)
        let n = Double(samples.count)
        let x = samples.map { Double($0.x) }
        let y = samples.map { Double($0.y) }
        let (mx, my) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
        let (dx, dy) = (x.map { $0 - mx }, y.map { $0 - my })
        let (sx, sy) = (definition.varianceX.squareRoot(), definition.varianceY.squareRoot())
        #expect(abs(mx - definition.meanX) <= 0.012 * sx)
        #expect(abs(my - definition.meanY) <= 0.012 * sy)
        #expect(abs(product(dx, dx) / n - definition.varianceX) <= 0.02 * sx * sx)
        #expect(abs(product(dy, dy) / n - definition.varianceY) <= 0.02 * sy * sy)
        #expect(abs(product(dx, dy) / n - definition.covariance) <= 0.012 * sx * sy)
    }

    @Test("of a mixture come as often and as wide as its components say")
    func mixture() throws {
        let sampler = TargetSampler(.mixture(Self.components))
        let n = 200_000
        let samples = sampler.samples(n, key: Self.key)
        let labels = sampler.labels(n, key: Self.key)
        for (label, component) in Self.components.enumerated() {
            let own = zip(samples, labels).filter { $0.1 == label }.map(\.0)
            let count = Double(own.count)
            #expect(abs(count / Double(n) - Double(component.weight / 4)) < 0.005)
            let dx = own.map { Double($0.x - component.mean.x) }
            let dy = own.map { Double($0.y - component.mean.y) }
            let scale = Double(component.varianceX * component.varianceY).squareRoot()
            #expect(abs(product(dx, dx) / count / Double(component.varianceX) - 1) < 0.03)
            #expect(abs(product(dy, dy) / count / Double(component.varianceY) - 1) < 0.03)
            #expect(abs(product(dx, dy) / count - Double(component.covariance)) < 0.03 * scale)
        }
        #expect(sampler.modes?.map(\.weight) == [0.75, 0.25])
    }

    @Test("with weights that no power of two divides are drawn in proportion", arguments: [1, 2, 3, 7, 64])
    func weights(count: Int) {
        let components = (0..<count).map {
            MixtureComponent(mean: Point(Float($0), 0), varianceX: 0, varianceY: 0, weight: Float($0 + 1))
        }
        let n = 400_000
        let labels = TargetSampler(.mixture(components)).labels(n, key: Self.key)
        let total = Double(count * (count + 1) / 2)
        for label in 0..<count {
            let expected = Double(n) * Double(label + 1) / total
            let counted = Double(labels.filter { $0 == label }.count)
            #expect(abs(counted - expected) < 5 * expected.squareRoot())
        }
    }

    @Test("that are drawn are as dense as the ink is long, however many points the hand left")
    func drawingDensity() {
        // The same line, once as two points and once as a hundred crowded at its left end.
        let crowd = (0...100).map { Point(Float($0) * 0.001, 0) }
        for points in [[Point(0, 0), Point(1, 0)], crowd + [Point(1, 0)]] {
            let target = Target.drawing([Stroke(points: points, width: 0.01)])
            let samples = TargetSampler(target).samples(100_000, key: Self.key)
            for cell in 1..<9 {
                let range = Float(cell) / 10..<Float(cell + 1) / 10
                #expect(abs(samples.filter { range.contains($0.x) }.count - 10_000) < 500)
            }
        }
    }

    @Test("that are points give each of them, as often as the others")
    func broughtPoints() {
        let samples = TargetSampler(Self.points).samples(74_000, key: Self.key)
        for point in Self.brought {
            #expect(abs(samples.filter { $0 == point }.count - 2_000) < 250)
        }
    }

    @Test("on a ring of eight lie at angles 2πi/8, as in the papers")
    func ring8() throws {
        let modes = try #require(TargetSampler(.named(.ring8)).modes)
        #expect(modes.count == 8)
        for (index, mode) in modes.enumerated() {
            let angle = 2 * Double.pi * Double(index) / 8
            #expect(abs(Double(mode.mean.x) - cos(angle)) < 1e-7)
            #expect(abs(Double(mode.mean.y) - sin(angle)) < 1e-7)
            #expect(mode.varianceX == 0.01 * 0.01 && mode.weight == 0.125)
        }
    }

    @Test("have a density that integrates to 1 and lies where samples fall", arguments: all)
    func density(target: Target) throws {
        let sampler = TargetSampler(target)
        let half = sampler.view.halfExtent
        let (left, bottom) = (sampler.view.centre.x - half, sampler.view.centre.y - half)
        let fine = 400
        let step = 2 * half / Float(fine)
        let grid = (0..<fine * fine).map {
            Point(left + (Float($0 % fine) + 0.5) * step, bottom + (Float($0 / fine) + 0.5) * step)
        }
        guard let density = sampler.density(at: grid) else {
            #expect(target == .named(.point) || target == Self.points)
            return
        }
        // The same in 20 × 20 cells: the mass that the density says, and samples counted.
        var expected = [Double](repeating: 0, count: 400)
        for (index, value) in density.enumerated() {
            expected[index / fine / 20 * 20 + index % fine / 20] += Double(value * step * step)
        }
        let total = expected.reduce(0, +)
        #expect(total > 0.985 && total < 1.003)

        let n = 100_000
        var counted = [Double](repeating: 0, count: 400)
        for point in sampler.samples(n, key: Self.key) {
            let column = Int(((point.x - left) / (20 * step)).rounded(.down))
            let row = Int(((point.y - bottom) / (20 * step)).rounded(.down))
            if (0..<20).contains(column), (0..<20).contains(row) {
                counted[row * 20 + column] += 1 / Double(n)
            }
        }
        let difference = zip(expected, counted).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
        #expect(difference < 0.03)
    }

    @Test("that somebody brings are mapped into the unit square and back")
    func normalization() {
        let brought = [(x: 1_000.0, y: -3.0), (x: 1_400.0, y: 97.0), (x: 1_200.0, y: 40.0)]
        let (points, transform) = Transform.normalizing(brought)
        let room: ClosedRange<Float> = 0.0999...0.9001
        #expect(points.allSatisfy { room.contains($0.x) && room.contains($0.y) })
        for (point, original) in zip(points, brought) {
            #expect(abs(transform(point).x - original.x) < 1e-3)
            #expect(abs(transform(point).y - original.y) < 1e-3)
        }
        let (same, _) = Transform.normalizing([(x: 7, y: 7), (x: 7, y: 7)])
        #expect(same == [Point(0.5, 0.5), Point(0.5, 0.5)])
    }
}

private func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

/// Moments that follow on paper from the tables of GAN Lab's source and of the papers.
private struct Definition: Sendable, CustomTestStringConvertible {
    let name: NamedTarget
    var meanX = 0.0
    var meanY = 0.0
    let varianceX: Double
    let varianceY: Double
    var covariance = 0.0

    var testDescription: String { name.rawValue }

    static let all: [Definition] = [
        // x = 0.8 − 0.75 r + 0.01 N, y = 0.6 + 0.3 r + 0.01 N; var r = 1/12.
        Definition(
            name: .line, meanX: 0.425, meanY: 0.75, varianceX: 0.5625 / 12 + 1e-4,
            varianceY: 0.09 / 12 + 1e-4,
            covariance: -0.225 / 12),
        Definition(
            name: .gaussians, meanX: 0.5, meanY: 0.55, varianceX: 0.04 + 0.00625, varianceY: 0.0225 + 0.025,
            covariance: -0.03),
        Definition(name: .ring, meanX: 0.5, meanY: 0.45, varianceX: 0.045_625, varianceY: 0.031_875),
        Definition(
            name: .disjoint, meanX: 1.55 / 3, meanY: 1.7 / 3, varianceX: 0.26 / 9 + 0.000_625,
            varianceY: 0.245 / 9 + 0.000_625, covariance: -0.025 / 9),
        Definition(name: .ring8, varianceX: 0.5001, varianceY: 0.5001),
        Definition(name: .grid25, varianceX: 8.0025, varianceY: 8.0025),
        Definition(name: .disk, varianceX: 0.25, varianceY: 0.25),
        // Row and column are even or odd together: a quarter of a cell's variance is shared.
        Definition(name: .checkerboard, varianceX: 1.0 / 3, varianceY: 1.0 / 3, covariance: 0.0625),
        Definition(name: .point, varianceX: 0, varianceY: 0),
    ]
}
