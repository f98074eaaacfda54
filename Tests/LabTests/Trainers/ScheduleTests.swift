import Lab
import Testing

@Suite("Who is trained next")
struct ScheduleTests {
    private let start = ContinuousClock.now
    private let slice = Duration.milliseconds(2)

    /// Runs the next slice, which takes so long, and says whose it was.
    private func run(
        _ schedule: inout Schedule<Int>, _ progress: Progress = .again, for used: Duration = .milliseconds(2)
    ) -> Int? {
        guard let id = schedule.take(at: start) else { return nil }
        schedule.finish(id, progress, used: used)
        return id
    }

    /// A schedule in which all of these go on, and none was just woken.
    private func allOngoing(_ ids: Range<Int>) -> Schedule<Int> {
        var schedule = Schedule<Int>()
        for id in ids { schedule.wake(id) }
        for _ in 0..<3 * ids.count { _ = run(&schedule) }
        return schedule
    }

    /// Time that each of these gets of a second of one thread, if their slices take so long.
    private func shares(ofSlices lengths: [Duration]) -> [Duration] {
        var schedule = Schedule<Int>()
        for id in lengths.indices { schedule.wake(id) }
        var shares = [Duration](repeating: .zero, count: lengths.count)
        while shares.reduce(.zero, +) < .seconds(1), let id = schedule.take(at: start) {
            shares[id] += lengths[id]
            schedule.finish(id, .again, used: lengths[id])
        }
        return shares
    }

    @Test("Work that goes on takes turns")
    func fairness() {
        var schedule = allOngoing(0..<5)
        let turns = (0..<20).compactMap { _ in run(&schedule) }
        #expect(turns == Array(repeating: Array(turns.prefix(5)), count: 4).flatMap { $0 })
        #expect(Set(turns.prefix(5)) == [0, 1, 2, 3, 4])
    }

    @Test("Everybody gets the same time, however long their slices are")
    func shares() {
        let shares = self.shares(ofSlices: [
            .milliseconds(40), .milliseconds(2), .milliseconds(2), .milliseconds(7),
        ])
        for share in shares { #expect(abs(share / .milliseconds(250) - 1) < 0.2) }
    }

    @Test("Who overran their slice waits until the others have had as much")
    func overrun() {
        var schedule = allOngoing(0..<3)
        let greedy = run(&schedule, for: .milliseconds(20))
        let next = (0..<18).compactMap { _ in run(&schedule) }
        #expect(!next.contains(greedy!))
        #expect((0..<3).compactMap { _ in run(&schedule) }.contains(greedy!))
    }

    @Test(
        "Pausing, or waiting for commands between long slices, does not get anybody more",
        arguments: [
            Progress.idle, .at(.now),
        ])
    func debts(between: Progress) {
        var schedule = Schedule<Int>()
        schedule.wake(1)
        var time = [0: Duration.zero, 1: .zero]
        for _ in 0..<500 {
            schedule.wake(0)
            let id = schedule.take(at: start)!
            let used = id == 0 ? Duration.milliseconds(40) : slice
            time[id]! += used
            schedule.finish(id, id == 0 ? between : .again, used: used)
        }
        #expect(time[0]! <= time[1]! + .milliseconds(44))
    }

    @Test("Woken work waits for at most one slice of the work that goes on")
    func wokenFirst() {
        var schedule = allOngoing(0..<30)
        schedule.wake(99)
        #expect((0..<2).compactMap { _ in run(&schedule) }.contains(99))
    }

    @Test("A command to work that goes on is taken up within two slices, however many others go on")
    func commands() {
        for id in 0..<30 {
            var schedule = allOngoing(0..<30)
            _ = run(&schedule)
            schedule.wake(id)
            #expect((0..<2).compactMap { _ in run(&schedule) }.contains(id))
        }
    }

    @Test("Who is woken without end gets no more than their share and two slices")
    func noStarving() {
        var schedule = Schedule<Int>()
        schedule.wake(1)
        var turns = [0: 0, 1: 0]
        for _ in 0..<100 {
            schedule.wake(0)
            let id = schedule.take(at: start)!
            turns[id]! += 1
            schedule.finish(id, id == 0 ? .idle : .again, used: slice)
        }
        #expect((48...50).contains(turns[1]!))
    }

    @Test("Who did nothing for long gets no more than others afterwards")
    func noCredit() {
        var schedule = allOngoing(0..<2)
        for _ in 0..<100 { _ = run(&schedule) }
        schedule.wake(9)
        let turns = (0..<30).compactMap { _ in run(&schedule) }
        #expect((10...12).contains(turns.count { $0 == 9 }))
    }

    @Test("Newcomers without end do not keep those who are there from going on")
    func newcomers() {
        var schedule = allOngoing(0..<2)
        var turns = 0
        for newcomer in 100..<400 {
            schedule.wake(newcomer)
            schedule.wake(newcomer + 1_000)
            let id = schedule.take(at: start)!
            schedule.finish(id, id < 2 ? .again : .idle, used: slice)
            if id < 2 { turns += 1 }
        }
        #expect(turns > 0)
    }

    @Test("Work that has nothing to do is forgotten, at the latest when nobody waits")
    func forgetting() {
        var schedule = allOngoing(0..<2)
        schedule.wake(9)
        while run(&schedule, .idle, for: .milliseconds(50)) != nil {}
        let forgotten = (0..<3).compactMap { _ in schedule.forgetOne() }
        #expect(Set(forgotten) == [0, 1, 9])
        #expect(schedule.forgetOne() == nil)
        #expect(!forgotten.contains { schedule.knows($0) })
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
        schedule.finish(7, .idle, used: slice)
        #expect(schedule.take(at: start) == 7)
        schedule.finish(7, .idle, used: slice)
        #expect(schedule.take(at: start) == nil)
    }

    @Test("Sleepers run when they are due, in that order, or when woken")
    func sleepers() {
        var schedule = Schedule<String>()
        for (id, delay) in [("late", 30), ("early", 10), ("middle", 20)] {
            schedule.wake(id)
            #expect(schedule.take(at: start) == id)
            schedule.finish(id, .at(start + .milliseconds(delay)), used: slice)
        }
        #expect(schedule.nextDue == start + .milliseconds(10))
        #expect(schedule.take(at: start + .milliseconds(9)) == nil)
        schedule.wake("late")
        #expect(schedule.take(at: start + .milliseconds(9)) == "late")
        schedule.finish("late", .idle, used: slice)
        let later = start + .milliseconds(60)
        #expect(schedule.take(at: later) == "early")
        #expect(schedule.take(at: later) == "middle")
        #expect(schedule.take(at: later) == nil)
    }
}
