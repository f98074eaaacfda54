import Lab
import Testing

@Suite("Speed")
struct PaceTests {
    private let start = ContinuousClock.now

    @Test("The first step comes at once, the others at equal distances")
    func equalDistances() {
        var pace = Pace(stepsPerSecond: 10, from: start)
        var times: [Int] = []
        for millisecond in 0..<1000 {
            let due = pace.due(at: start + .milliseconds(millisecond))
            pace.take(due)
            if due > 0 { times.append(millisecond) }
        }
        #expect(times == [0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
    }

    @Test("One step every ten seconds")
    func slow() {
        var pace = Pace(stepsPerSecond: 0.1, from: start)
        #expect(pace.due(at: start) == 1)
        pace.take(1)
        #expect(pace.next == start + .seconds(10))
        #expect(pace.due(at: start + .seconds(9)) == 0)
        #expect(pace.due(at: start + .seconds(10)) == 1)
    }

    @Test("A machine that cannot keep up does not collect debts")
    func noDebts() {
        var pace = Pace(stepsPerSecond: 1000, from: start)
        #expect(pace.due(at: start + .seconds(60)) == 500)
        pace.take(500)
        #expect(pace.due(at: start + .seconds(60)) == 0)
        #expect(pace.due(at: start + .seconds(60) + .milliseconds(10)) == 10)
    }

    @Test("A speed beyond all bounds, from wherever it came, counts as the nearest within")
    func beyondBounds() {
        for speed in [1e300, .infinity, .greatestFiniteMagnitude] {
            var pace = Pace(stepsPerSecond: speed, from: start)
            #expect(pace.due(at: start + .seconds(60)) == 500_000)
            pace.take(500_000)
            #expect(pace.next > start)
        }
        var slow = Pace(stepsPerSecond: -1, from: start)
        #expect(slow.due(at: start) == 1)
        slow.take(1)
        #expect(slow.next == start + .seconds(10))
        #expect(Pace(stepsPerSecond: .nan, from: start).stepsPerSecond == nil)
    }

    @Test("No limit")
    func unlimited() {
        var pace = Pace(stepsPerSecond: nil, from: start)
        #expect(pace.due(at: start) == .max)
    }

    @Test("The meter tells the speed and falls back to 0 when the session stands")
    func meter() {
        var meter = SpeedMeter()
        for tick in 0...100 { meter.count(40, at: start + .milliseconds(tick * 10)) }
        #expect(abs(meter.stepsPerSecond - 4000) < 1)
        meter.stop()
        #expect(meter.stepsPerSecond == 0)
    }
}
