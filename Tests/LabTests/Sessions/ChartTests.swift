import Lab
import Testing

@Suite("Charts")
struct ChartTests {
    private func point(_ step: Int) -> ChartPoint {
        ChartPoint(step: step, discriminatorLoss: Float(step), generatorLoss: 0)
    }

    @Test("Memory is bounded, the range and the last point stay")
    func bounded() {
        var chart = Chart(capacity: 100)
        for step in 1...10_000 {
            chart.record(point(step))
            #expect(chart.points.count <= 100)
            #expect(chart.points.last!.step == step)
        }
        #expect(chart.points.count >= 50)
        #expect(chart.points.first!.step < 400)
        #expect(zip(chart.points, chart.points.dropFirst()).allSatisfy { $0.step < $1.step })
    }

    @Test("A step has one point, wherever it is recorded")
    func merge() {
        var chart = Chart()
        for step in [10, 30, 20, 30] { chart.record(point(step)) }
        #expect(chart.points.map(\.step) == [10, 20, 30])
    }

    @Test("An edit in the past cuts off what came after")
    func truncate() {
        var chart = Chart()
        for step in stride(from: 10, through: 100, by: 10) { chart.record(point(step)) }
        chart.truncate(after: 40)
        #expect(chart.points.map(\.step) == [10, 20, 30, 40])
        #expect(chart.points(after: 10, limit: 2).map(\.step) == [30, 40])
    }

    @Test("Kept as bytes, it comes back with every bit; anything else does not")
    func bytes() throws {
        var chart = Chart()
        for step in [0, 1, 300, 70_000] {
            var point = ChartPoint(
                step: step, discriminatorLoss: .random(in: -3...3), generatorLoss: .infinity)
            point.modes = Float(step)
            chart.record(point)
        }
        let bytes = chart.bytes
        // NaN differs from itself, so the bytes are compared.
        #expect(Chart(bytes: bytes)?.bytes == bytes)
        #expect(Chart(bytes: Chart().bytes)?.points.isEmpty == true)
        for count in [0, 1, 5, bytes.count - 1] { #expect(Chart(bytes: Array(bytes.prefix(count))) == nil) }
    }
}
