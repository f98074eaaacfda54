import GANEngine
import Testing

@Suite("Milestones")
struct MilestonesTests {
    @Test("every hundred steps at first, then 16 to 32 to a doubling")
    func spacing() {
        let milestones = (0...200_000).filter(Milestones.contains)
        #expect(Array(milestones.prefix(4)) == [100, 200, 300, 400])
        #expect(milestones.contains(3200) && milestones.contains(3600) && !milestones.contains(6500))
        for first in [1600, 5_000, 51_200, 100_000] {
            let count = milestones.count { $0 > first && $0 <= 2 * first }
            #expect((16...32).contains(count), "from \(first)")
        }
    }

    @Test("the distance leads from any step to the next milestone, and none lies between")
    func distance() {
        for step in [0, 1, 99, 100, 1599, 1600, 3199, 3201, 99_999, 1_000_001] {
            let distance = Milestones.distance(from: step)
            #expect(Milestones.contains(step + distance), "from \(step)")
            #expect(!(1..<distance).contains { Milestones.contains(step + $0) }, "from \(step)")
        }
    }
}
