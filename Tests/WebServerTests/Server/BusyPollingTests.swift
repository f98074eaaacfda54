import Testing
import WebServer

@Suite struct BusyPollingTests {
    /// The state after so many waits of so many microseconds.
    private func polling(after waits: Int, of microseconds: UInt64 = 20, sources: Int = 3) -> BusyPolling {
        var polling = BusyPolling()
        for _ in 0..<waits {
            polling.ended(after: microseconds * 1000, hasEvents: true, sources: sources)
        }
        return polling
    }

    @Test func beginsWhenAnswersFollowEachOther() {
        #expect(!polling(after: 0).isWorthwhile)
        #expect(!polling(after: 3).isWorthwhile)
        #expect(polling(after: 4).isWorthwhile)
        #expect(polling(after: 1000).isWorthwhile)
    }

    @Test func thirtyFramesASecondAreNotWorthIt() {
        #expect(!polling(after: 1000, of: 33_333).isWorthwhile)
        #expect(!polling(after: 1000, of: 100).isWorthwhile)
    }

    @Test func manySourcesAreTakenTogether() {
        #expect(polling(after: 100, sources: 12).isWorthwhile)
        #expect(!polling(after: 100, sources: 13).isWorthwhile)
    }

    @Test func endsWithTheFirstThatWasInVain() {
        for hasEvents in [true, false] {
            var polling = polling(after: 1000)
            polling.ended(after: BusyPolling.duration + 1, hasEvents: hasEvents, sources: 3)
            #expect(!polling.isWorthwhile)
        }
    }

    /// How many quick waits it takes until polling begins.
    private func waitsBeforePolling(_ polling: inout BusyPolling) -> Int {
        var waits = 0
        while !polling.isWorthwhile {
            polling.ended(after: 20_000, hasEvents: true, sources: 3)
            waits += 1
        }
        return waits
    }

    @Test func eachInVainDoublesWhatItTakes() {
        var polling = BusyPolling()
        var waits: [Int] = []
        for _ in 0..<5 {
            waits.append(waitsBeforePolling(&polling))
            polling.ended(after: BusyPolling.duration + 1, hasEvents: false, sources: 3)
        }
        #expect(waits == [4, 8, 16, 32, 64])
    }

    @Test func manyQuickOnesMakeUpForThat() {
        var polling = polling(after: 4)
        polling.ended(after: BusyPolling.duration + 1, hasEvents: true, sources: 3)
        #expect(waitsBeforePolling(&polling) == 8)
        for _ in 8..<64 { polling.ended(after: 20_000, hasEvents: true, sources: 3) }
        polling.ended(after: BusyPolling.duration + 1, hasEvents: true, sources: 3)
        #expect(waitsBeforePolling(&polling) == 8)
    }
}
