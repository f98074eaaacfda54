import Foundation
import GANEngine
import Lab
import Testing

/// The page's decoder reads the same golden frames, so that Swift and JavaScript cannot drift apart.
@Suite("Frames")
struct FrameWriterTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden")

    /// One of everything, with values that round, clamp and vanish.
    private static func everything() -> [UInt8] {
        let view = View(centre: Point(0.5, -0.25), halfExtent: 2)
        var writer = FrameWriter(
            .init(step: 4_294_967_298, revision: 7, stepsPerSecond: 12345.5, view: view))
        writer.append(.real([Point(0.5, -0.25), Point(8.5, 7.75), Point(-7.5, -8.25)]))
        writer.append(.fake([Point(100, -100), Point(.nan, .infinity)]))
        writer.append(.gradients([Point(0.5, -0.25), Point(.nan, 0)]))
        writer.append(.heatmap(side: 3, [0, 0.25, 0.5, 0.75, 1, 0.1, 2, -1, .nan]))
        writer.append(.manifold(columns: 1, rows: 1, [Point(0, 0), Point(1, 0), Point(0, 1), Point(1, 1)]))
        writer.append(.manifold(columns: 2, rows: 0, [Point(0, 0), Point(1, 0), Point(2, 0)]))
        writer.append(.scores(fake: [0.5], real: [0.25, 1]))
        writer.append(
            .losses(
                .init(
                    discriminator: 1.5, generator: -0.5, medianGradientNorm: 0.125, accuracyOnReal: 1,
                    accuracyOnFake: 0)))
        writer.append(.metrics([.init(id: 3, value: 0.5, floor: .nan), .init(id: 4, value: 2, floor: 0.25)]))
        writer.append(.latent([Point(1, -1), Point(5, 0)]))
        var point = ChartPoint(step: 1000, discriminatorLoss: 1, generatorLoss: 2)
        writer.append(.history([point], whole: true))
        point.kullbackLeibler = 0.5
        point.jensenShannon = 0.25
        point.slicedWasserstein = 0.125
        point.modes = 8
        writer.append(.history([point], whole: false))
        writer.append(.optimum(side: 2, [0.51, 0.5, 0.49, 0.505]))
        var result = FrameSection.SeedResult(seed: 5, step: 1000)
        writer.append(.strip([result]))
        result.state = .done
        result.modes = 7
        result.slicedWasserstein = 0.5
        result.floor = 0.25
        result.verdict = .partial
        result.fakes = [Point(0.5, -0.25), Point(1.5, 0.75)]
        writer.append(.strip([result, result]))
        writer.append(.pulls([Point(0.5, -0.25), Point(0, 1)], logits: [10, -100]))
        writer.append(.run(1))
        writer.append(.fake([Point(1.5, -0.25)]))
        return writer.bytes
    }

    /// To write them anew after a change of version: GANLAB_WRITE_GOLDEN=1 swift test --filter FrameWriterTests
    @Test("Bytes are those of the golden frame")
    func goldenBytes() throws {
        let file = Self.golden.appending(path: "frame-v1.bin")
        let bytes = Self.everything()
        if ProcessInfo.processInfo.environment["GANLAB_WRITE_GOLDEN"] != nil {
            try Data(bytes).write(to: file)
        }
        #expect(bytes == [UInt8](try Data(contentsOf: file)))
    }

    @Test("The header is where the format says")
    func header() {
        let bytes = FrameWriter(
            .init(step: 258, revision: 3, stepsPerSecond: 1, view: .init(centre: Point(0, 0), halfExtent: 1))
        ).bytes
        #expect(bytes.count == 36)
        #expect(Array(bytes[0..<8]) == [0x47, 0x4E, 0x4C, 0x31, 1, 0, 0, 0])
        #expect(Array(bytes[8..<16]) == [2, 1, 0, 0, 0, 0, 0, 0])
        #expect(Array(bytes[16..<20]) == [3, 0, 0, 0])
        #expect(Array(bytes[20..<24]) == [0, 0, 0x80, 0x3F])
    }

    @Test("Sections are padded to four bytes, and their length does not count the padding")
    func padding() {
        var writer = FrameWriter(
            .init(step: 0, revision: 0, stepsPerSecond: 0, view: .init(centre: Point(0, 0), halfExtent: 1)))
        writer.append(.heatmap(side: 1, [1]))
        let section = Array(writer.bytes[36...])
        #expect(section == [4, 0, 0, 0, 5, 0, 0, 0, 1, 0, 255, 255, 255, 0, 0, 0])
        #expect(writer.bytes[6] == 1)
    }
}
