import Testing
import WebServer

@Suite struct WatchTests {
    /// A watch after so many waits of so many microseconds.
    private func watch(after waits: Int, of microseconds: UInt64 = 20, sources: Int = 3) -> Watch {
        var watch = Watch()
        for _ in 0..<waits {
            watch.ended(after: microseconds * 1000, hasEvents: true, sources: sources)
        }
        return watch
    }

    @Test func beginsWhenAnswersFollowEachOther() {
        #expect(!watch(after: 0).isWorthwhile)
        #expect(!watch(after: 3).isWorthwhile)
        #expect(watch(after: 4).isWorthwhile)
        #expect(watch(after: 1000).isWorthwhile)
    }

    @Test func thirtyFramesASecondAreNotWorthIt() {
        #expect(!watch(after: 1000, of: 33_333).isWorthwhile)
        #expect(!watch(after: 1000, of: 100).isWorthwhile)
    }

    @Test func manySourcesAreTakenTogether() {
        #expect(watch(after: 100, sources: 12).isWorthwhile)
        #expect(!watch(after: 100, sources: 13).isWorthwhile)
    }

    @Test func endsWithTheFirstThatWasInVain() {
        for hasEvents in [true, false] {
            var watch = watch(after: 1000)
            watch.ended(after: Watch.length + 1, hasEvents: hasEvents, sources: 3)
            #expect(!watch.isWorthwhile)
        }
    }

    /// How many quick waits it takes until the watch begins.
    private func waitsBeforeWatching(_ watch: inout Watch) -> Int {
        var waits = 0
        while !watch.isWorthwhile {
            watch.ended(after: 20_000, hasEvents: true, sources: 3)
            waits += 1
        }
        return waits
    }

    @Test func eachInVainDoublesWhatItTakes() {
        var watch = Watch()
        var waits: [Int] = []
        for _ in 0..<5 {
            waits.append(waitsBeforeWatching(&watch))
            watch.ended(after: Watch.length + 1, hasEvents: false, sources: 3)
        }
        #expect(waits == [4, 8, 16, 32, 64])
    }

    @Test func manyQuickOnesMakeUpForThat() {
        var watch = watch(after: 4)
        watch.ended(after: Watch.length + 1, hasEvents: true, sources: 3)
        #expect(waitsBeforeWatching(&watch) == 8)
        for _ in 8..<64 { watch.ended(after: 20_000, hasEvents: true, sources: 3) }
        watch.ended(after: Watch.length + 1, hasEvents: true, sources: 3)
        #expect(waitsBeforeWatching(&watch) == 8)
    }
}
