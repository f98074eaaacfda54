import GANEngine
import Lab
import Testing

/// One pass over a text decides whether a decoder may see it.
@Suite("JSON that is read")
struct JSONLimitsTests {
    private static func excess(_ text: String, _ limits: JSONLimits = JSONLimits()) -> JSONLimits.Excess? {
        do throws(JSONLimits.Excess) {
            try limits.check(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test("may be nested 64 deep and no deeper")
    func depth() {
        #expect(Self.excess(Self.nested(64)) == nil)
        #expect(Self.excess(Self.nested(65)) == .depth(limit: 64))
        // What ends with the bracket too many is what Foundation traps on.
        #expect(Self.excess(String(repeating: "[", count: 513)) == .depth(limit: 64))
        #expect(Self.excess(String(repeating: #"{"a":"#, count: 513)) == .depth(limit: 64))
    }

    @Test("may hold brackets and commas in its texts, behind any escape")
    func texts() {
        let brackets = String(repeating: "[,{", count: 100_000)
        #expect(Self.excess(#"["\#(brackets)","\\\"\#(brackets)",1]"#) == nil)
        // Two backslashes end before the quote, which ends the text.
        #expect(Self.excess(#"["\\",\#(brackets)"#) == .depth(limit: 64))
    }

    @Test("may hold so many values and no more")
    func values() {
        var limits = JSONLimits()
        limits.values = 4
        #expect(Self.excess("[1,2,3,4]", limits) == nil)
        #expect(Self.excess("[1,2,3,4,5]", limits) == .values(limit: 4))
        #expect(Self.excess("[[],[],[]]", limits) == .values(limit: 4))
        #expect(
            Self.excess("[" + String(repeating: "0,", count: 1 << 20), JSONLimits())
                == .values(limit: 300_000))
    }

    @Test("has so many bytes and no more")
    func bytes() {
        var limits = JSONLimits()
        limits.bytes = 10
        #expect(Self.excess("[        ]", limits) == nil)
        #expect(Self.excess("[         ]", limits) == .bytes(11, limit: 10))
    }

    @Test("is UTF-8: decoders guess other encodings, in which brackets could hide")
    func encoding() {
        let wide: [UInt8] = (0..<1_200).map { $0.isMultiple(of: 2) ? UInt8(ascii: "[") : 0 }
        #expect(throws: JSONLimits.Excess.notJSON) { try JSONLimits().check(wide) }
        #expect(throws: JSONLimits.Excess.self) { try JSONLimits().check([0xFF, 0xFE] + wide) }
        #expect(Self.excess("]" + String(repeating: "[", count: 64)) == .notJSON)
    }

    @Test("never reaches a decoder otherwise, whoever asks for it")
    func everyReader() throws {
        let hostile = Array(String(repeating: "[", count: 513).utf8)
        #expect(throws: JSONLimits.Excess.depth(limit: 64)) { try JSON.decode([Int].self, from: hostile) }
        #expect(throws: ImportError.self) { try RecipeFile.decode(hostile) }
        #expect(throws: ImportError.self) { try PointsFile(hostile) }
        let length = (0..<8).map { UInt8(truncatingIfNeeded: hostile.count >> (8 * $0)) }
        #expect(throws: ImportError.self) { try SafeTensors(bytes: length + hostile) }
        guard case .failure(let error) = NumberedCommand(String(decoding: hostile, as: UTF8.self)).command
        else {
            Issue.record("taken for a command")
            return
        }
        #expect(error.code == "tooLarge" && error.message.contains("64 deep"))
    }

    @Test("leaves room for the largest recipe there is")
    func largestRecipe() throws {
        var recipe = Recipe()
        recipe.settings.target = .points(
            (0..<Bounds.points.upperBound).map { Point(Float($0) / 20_000, 0.123_456_7) },
            transform: Transform(scale: 1, offset: Point(0, 0)))
        recipe.timeline = (0..<Bounds.edits).map {
            Edit(step: $0, change: .set(path: "penalty.r1", value: .number(Double($0 + 1) / 1_000)))
        }
        #expect(try RecipeFile.decode(RecipeFile.encode(recipe)) == recipe)
    }
}
