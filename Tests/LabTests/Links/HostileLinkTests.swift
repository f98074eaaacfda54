import GANEngine
import Lab
import Testing

/// Whatever stands in an address, opening it gives an experiment or a precise error, quickly, and never a crash.
@Suite struct HostileLinkTests {
    private static let link: Link = {
        var recipe = Preset.all[0].recipe
        recipe.settings.target = .drawing([
            Stroke(points: [Point(0, 0), Point(0.5, 0.25), Point(1, 1)], width: 0.02)
        ])
        recipe.timeline = [
            Edit(step: 9, change: .set(path: "generator.optimizer.learningRate", value: .number(0.004))),
            Edit(step: 10, change: .only(.generator)),
        ]
        return Link(recipe: recipe, step: 500)
    }()

    /// Version, length and checksum around any content, as an attacker would write them.
    private static func wrapped(_ content: [UInt8], version: UInt8 = 1) -> [UInt8] {
        var length: [UInt8] = []
        var rest = content.count
        while rest >= 128 {
            length.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        length.append(UInt8(rest))
        let checksum = CRC32.of(content)
        return [version] + length + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) } + content
    }

    private static func error(_ bytes: [UInt8]) -> LinkError? {
        do throws(LinkError) {
            _ = try Link(bytes: bytes)
            return nil
        } catch {
            return error
        }
    }

    private static func refusal(_ bytes: [UInt8]) -> RecipeError? {
        if case .refused(let error) = error(bytes) { error } else { nil }
    }

    @Test func everyBeginningIsCalledCutOff() {
        let text = Self.link.text
        #expect(throws: LinkError.empty) { try Link(text: "") }
        for length in 1..<text.count {
            #expect(throws: LinkError.truncated, "\(length)") { try Link(text: text.prefix(length)) }
        }
    }

    @Test func everyChangedCharacterIsNoticed() {
        let text = Array(Self.link.text)
        for index in text.indices {
            for replacement in "A9_" where replacement != text[index] {
                var changed = text
                changed[index] = replacement
                #expect(throws: LinkError.self, "\(index)") { try Link(text: String(changed)) }
            }
        }
        #expect(throws: LinkError.damaged) { try Link(bytes: Self.link.bytes + [0]) }
    }

    @Test func whatIsWrongIsNamed() {
        #expect(throws: LinkError.foreignCharacter("é")) { try Link(text: "AQé") }
        #expect(throws: LinkError.foreignCharacter(" ")) { try Link(text: Self.link.text + " ") }
        #expect(throws: LinkError.tooLong(limit: 8_000)) {
            try Link(text: String(repeating: "A", count: 8_001))
        }
        #expect(Self.error(Self.wrapped([0, 0, 0, 0], version: 9)) == .unknownVersion(9))
        #expect(Self.error(Array(repeating: 1, count: 2 << 20)) == .tooLarge)
        #expect(Self.error(Self.wrapped([])) == .malformed)
        #expect(Self.error(Self.wrapped([0, 0, 0, 0])) == nil, "the default at step 0")
        #expect(Self.error(Self.wrapped([0, 0, 0, 0, 0])) == .malformed, "something behind it")
        #expect(Self.error(Self.wrapped([2, 0, 0, 0])) == .malformed, "neither plain nor deflated")
        #expect(Self.error(Self.wrapped([1, 0xFF, 0xFF])) == .malformed, "not deflate")
    }

    @Test func settingsAreCheckedAgainstTheSchema() {
        func content(_ path: String, _ value: [UInt8]) -> [UInt8] {
            [0, 0, 1, UInt8(path.utf8.count)] + Array(path.utf8) + value + [0]
        }
        let wings = Self.refusal(Self.wrapped(content("generator.wings", [3])))
        #expect(wings?.code == .unknownSetting && wings?.path == "generator.wings")
        let million = Self.refusal(Self.wrapped(content("batch", [0, 2, 12])))
        #expect(million?.code == .outOfRange && million?.path == "batch")
    }

    @Test func aBombIsDefusedBeforeItGoesOff() {
        let zeros = Deflate.compress([UInt8](repeating: 0, count: 200_000_000), format: .raw)
        #expect(zeros.count < Link.maximumBytes)
        #expect(Self.error(Self.wrapped([1] + zeros)) == .tooLarge)
    }

    @Test func hugeCountsAllocateNothing() {
        let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        #expect(Self.error(Self.wrapped([0, 0] + huge)) == .malformed, "settings")
        #expect(Self.error(Self.wrapped([0, 0, 0] + huge)) == .malformed, "edits")
        let target = Array("target".utf8)
        for kind in UInt8(1)...3 {
            let content = [0, 0, 1, 6] + target + [6, kind] + Array(repeating: 0, count: 12) + huge
            #expect(Self.error(Self.wrapped(content)) != nil)
        }
    }

    /// A hundred thousand contents that were tampered with and given a checksum that fits.
    @Test func anyContentIsSurvived() {
        var state: UInt64 = 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        // Plain content of the example: step 500, one setting, the target, two edits.
        var plain: [UInt8] =
            [0, 0xF4, 3, 2, 5] + Array("batch".utf8) + [0, 0x80, 1, 0, 6] + Array("target".utf8)
        plain += [6, 2, 1, 0x0A, 0xD7, 0xA3, 0x3C, 3, 2, 0, 0, 0x80, 0x10, 0x80, 8, 4, 4]
        plain += [2, 9, 0, 32] + Array("generator.optimizer.learningRate".utf8) + [0, 8, 5, 1, 1]
        #expect(Self.error(Self.wrapped(plain)) == nil)
        let deflated = [1] + Deflate.compress(Array(plain.dropFirst()), format: .raw)
        var opened = 0
        for round in 0..<100_000 {
            var content = round % 2 == 0 ? plain : deflated
            for _ in 0...random(4) {
                switch random(3) {
                case 0: content[random(content.count)] = UInt8(random(256))
                case 1: content.remove(at: random(content.count))
                default: content.insert(UInt8(random(256)), at: random(content.count))
                }
            }
            if Self.error(Self.wrapped(content)) == nil { opened += 1 }
        }
        #expect(opened > 0, "some changes make another experiment that can be run")
    }
}
