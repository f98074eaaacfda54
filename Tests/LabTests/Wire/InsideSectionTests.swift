import Foundation
import GANEngine
import Lab
import Testing

/// The page's decoder reads the same golden frame, so that Swift and JavaScript cannot drift apart.
@Suite("The networks' insides in frames")
struct InsideSectionTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden/inside-v1.bin")

    /// G(z) = (2 relu(z₁ − ½) + 1, −relu(z₁ − ½)), D(x) = relu(x) − ¼ relu(y) − ½: numbers that fit their bytes.
    private static var snapshot: Snapshot {
        var settings = Settings()
        settings.noise.dimension = 1
        settings.noise.distribution = .uniform
        settings.generator.hidden = [1]
        settings.generator.activation = .relu
        settings.discriminator.hidden = [2]
        settings.discriminator.activation = .relu
        return Snapshot(
            settings: settings,
            generator: Network(shape: settings.generatorShape, parameters: [1, -0.5, 2, -1, 1, 0]),
            discriminator: Network(
                shape: settings.discriminatorShape, parameters: [1, 0, 0, 1, 0, 0, 1, -0.25, -0.5]))
    }

    private static func frame() -> [UInt8] {
        let view = View(centre: Point(0, 0), halfExtent: 2)
        var writer = FrameWriter(.init(step: 5, revision: 1, stepsPerSecond: 0, view: view))
        let generator = snapshot.generatorMaps(3, limit: 1)
        let discriminator = snapshot.discriminatorMaps(2, in: view, limit: 1)
        writer.append(.inside(.units(.generator, generator)))
        writer.append(.inside(.units(.discriminator, discriminator)))
        writer.append(
            .inside(
                .connections(
                    generator: .init(of: snapshot.generator, limit: 64),
                    discriminator: .init(of: snapshot.discriminator, limit: 1))))
        writer.append(.inside(.stages(snapshot.generatorStages(2))))
        return writer.bytes
    }

    /// To write it anew after a change of version: GANLAB_WRITE_GOLDEN=1 swift test --filter InsideSectionTests
    @Test("Bytes are those of the golden frame")
    func goldenBytes() throws {
        let bytes = Self.frame()
        if ProcessInfo.processInfo.environment["GANLAB_WRITE_GOLDEN"] != nil {
            try Data(bytes).write(to: Self.golden)
        }
        #expect(try Data(contentsOf: Self.golden) == Data(bytes))
    }

    @Test("The largest weights there are become bytes in proportion")
    func largestWeights() {
        var settings = Settings()
        settings.generator.hidden = []
        settings.noise.dimension = 2
        let network = Network(
            shape: settings.generatorShape, parameters: [3.4e38, -3.4e38, 1.7e38, 0, 0, 0])
        var writer = FrameWriter(.init(step: 0, revision: 0, stepsPerSecond: 0, view: .unitSquare))
        let connections = InsideSection.Connections(of: network, limit: 64)
        writer.append(.inside(.connections(generator: connections, discriminator: connections)))
        let payload = FrameReader(writer.bytes).sections[18] ?? []
        #expect(payload[12..<16].map { Int8(bitPattern: $0) } == [127, -127, 64, 0])
    }

    @Test("A number that is not finite never breaks a frame")
    func notFinite() {
        var settings = Settings()
        settings.generator.hidden = [2]
        let count = settings.generatorShape.parameterCount
        let broken = Network(
            shape: settings.generatorShape,
            parameters: (0..<count).map { $0 % 3 == 0 ? .nan : $0 % 3 == 1 ? .infinity : 1 })
        let snapshot = Snapshot(
            settings: settings, generator: broken,
            discriminator: Network(
                shape: settings.discriminatorShape,
                parameters: Array(repeating: 0, count: settings.discriminatorShape.parameterCount)))
        var writer = FrameWriter(
            .init(
                step: 0, revision: 0, stepsPerSecond: 0, view: View(centre: Point(0, 0), halfExtent: 1)))
        writer.append(.inside(.units(.generator, snapshot.generatorMaps(4, limit: 8))))
        writer.append(.inside(.stages(snapshot.generatorStages(4))))
        #expect(FrameReader(writer.bytes).kinds == [16, 19])
    }
}
