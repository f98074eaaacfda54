import Lab
import Testing

@Suite("Who is trained next")
struct ScheduleTests {
    private let start = ContinuousClock.now

    /// A schedule in which all of these go on, and none was just woken.
    private func allOngoing(_ ids: Range<Int>) -> Schedule<Int> {
        var schedule = Schedule<Int>()
        for id in ids { schedule.wake(id) }
        for _ in 0..<3 * ids.count {
            let id = schedule.take(at: start)!
            schedule.finish(id, .again)
        }
        return schedule
    }

    @Test("Work that goes on takes turns")
    func fairness() {
        var schedule = allOngoing(0..<5)
        var turns: [Int] = []
        for _ in 0..<20 {
            let id = schedule.take(at: start)!
            turns.append(id)
            schedule.finish(id, .again)
        }
        #expect(turns == Array(repeating: Array(turns.prefix(5)), count: 4).flatMap { $0 })
        #expect(Set(turns.prefix(5)) == [0, 1, 2, 3, 4])
    }

    @Test("Woken work waits for at most one slice of the work that goes on")
    func wokenFirst() {
        var schedule = allOngoing(0..<30)
        schedule.wake(99)
        let next = (0..<2).map { _ in
            let id = schedule.take(at: start)!
            schedule.finish(id, .again)
            return id
        }
        #expect(next.contains(99))
    }

    @Test("Who is woken without end gets no more than every other slice")
    func noStarving() {
        var schedule = Schedule<Int>()
        schedule.wake(1)
        let other = schedule.take(at: start)!
        schedule.finish(other, .again)
        var turns = [0: 0, 1: 0]
        for _ in 0..<100 {
            schedule.wake(0)
            let id = schedule.take(at: start)!
            turns[id]! += 1
            schedule.finish(id, id == 0 ? .idle : .again)
        }
        #expect(turns[1]! >= 49)
    }

    @Test("Work runs once for several wakes, and again if it was woken while it ran")
    func wakes() {
        var schedule = Schedule<Int>()
        schedule.wake(7)
        schedule.wake(7)
        #expect(schedule.take(at: start) == 7)
        #expect(schedule.take(at: start) == nil)
        schedule.wake(7)
        #expect(schedule.take(at: start) == nil, "never two slices of the same work at once")
        schedule.finish(7, .idle)
        #expect(schedule.take(at: start) == 7)
        schedule.finish(7, .idle)
        #expect(schedule.take(at: start) == nil)
        #expect(!schedule.knows(7))
    }

    @Test("Sleepers run when they are due, in that order, or when woken")
    func sleepers() {
        var schedule = Schedule<String>()
        for (id, delay) in [("late", 30), ("early", 10), ("middle", 20)] {
            schedule.wake(id)
            #expect(schedule.take(at: start) == id)
            schedule.finish(id, .at(start + .milliseconds(delay)))
        }
        #expect(schedule.nextDue == start + .milliseconds(10))
        #expect(schedule.take(at: start + .milliseconds(9)) == nil)
        schedule.wake("late")
        #expect(schedule.take(at: start + .milliseconds(9)) == "late")
        schedule.finish("late", .idle)
        let later = start + .milliseconds(60)
        #expect(schedule.take(at: later) == "early")
        #expect(schedule.take(at: later) == "middle")
        #expect(schedule.take(at: later) == nil)
    }
}
