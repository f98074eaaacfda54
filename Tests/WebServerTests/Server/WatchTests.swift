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
        #expect(!watch(after: 15).isWorthwhile)
        #expect(watch(after: 16).isWorthwhile)
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
        var watch = watch(after: 1000)
        watch.ended(after: Watch.length + 1, hasEvents: true, sources: 3)
        #expect(!watch.isWorthwhile)
        for _ in 0..<15 { watch.ended(after: 1000, hasEvents: true, sources: 3) }
        #expect(!watch.isWorthwhile)
        watch.ended(after: 1000, hasEvents: true, sources: 3)
        #expect(watch.isWorthwhile)
        watch.ended(after: 1000, hasEvents: false, sources: 3)
        #expect(!watch.isWorthwhile)
    }
}
