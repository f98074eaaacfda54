import GANEngine
import Testing

@Suite("The list of metrics")
struct MetricKindTests {
    @Test("numbers on the wire are never reassigned")
    func identifiers() {
        #expect(
            MetricKind.allCases.map { "\($0.rawValue) \($0.name)" } == [
                "0 kl", "1 js", "2 slicedWasserstein", "3 modes", "4 precision", "5 recall", "6 highQuality",
                "7 modesCaptured", "8 energyDistance", "9 mmd", "10 frechet", "11 outside", "12 realAccuracy",
                "13 fakeAccuracy", "14 gradientNorm", "15 generatorNorm", "16 discriminatorNorm",
                "17 generatorUpdate", "18 discriminatorUpdate",
            ])
    }

    @Test("each says what it is, in a few words and in one sentence", arguments: MetricKind.allCases)
    func description(kind: MetricKind) {
        let description = kind.description
        #expect((3...20).contains(description.label.count))
        #expect(description.help.hasSuffix(".") && description.help.count < 180)
        #expect(!description.formula.isEmpty)
    }
}
