import GANEngine
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
        for step in [100, 200, 1600] { chart.record(milestone: measurement(step)) }
        let bytes = chart.bytes
        // NaN differs from itself, so the bytes are compared.
        #expect(Chart(bytes: bytes)?.bytes == bytes)
        #expect(Chart(bytes: Chart().bytes)?.points.isEmpty == true)
        for count in [0, 1, 5, bytes.count - 1] { #expect(Chart(bytes: Array(bytes.prefix(count))) == nil) }
    }

    @Test("A chart stored before there were milestones has none")
    func withoutMilestones() throws {
        var chart = Chart()
        chart.record(point(30))
        // Nothing follows the points but the two counts of no milestones.
        let old = Array(chart.bytes.dropLast(2))
        let read = try #require(Chart(bytes: old))
        // NaN differs from itself, so the bytes are compared.
        #expect(read.bytes == chart.bytes)
        #expect(read.milestones.isEmpty)
    }

    @Test("Milestones are kept whole, in order, and cut off with what came after an edit")
    func milestones() {
        var chart = Chart()
        for step in [300, 100, 200, 100] { chart.record(milestone: measurement(step)) }
        #expect(chart.milestones.map(\.step) == [100, 200, 300])
        #expect(chart.milestones(before: 200).map(\.step) == [100])
        #expect(chart.hasMilestone(at: 200) && !chart.hasMilestone(at: 250))
        var other = Chart()
        other.record(milestone: measurement(400))
        other.add(chart, upTo: 200)
        #expect(other.milestones.map(\.step) == [100, 200, 400])
        chart.truncate(after: 200)
        #expect(chart.milestones.map(\.step) == [100, 200])
    }

    private func measurement(_ step: Int) -> Measurement {
        var values = MetricValues()
        values[.slicedWasserstein] = .random(in: 0...1)
        return Measurement(
            step: step, values: values, moments: Moments([Point(0, 1), Point(2, 5)]),
            isCovered: [true, false, true])
    }
}
