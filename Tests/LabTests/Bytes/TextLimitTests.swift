import Foundation
import GANEngine
import Lab
import Testing

/// What somebody writes and others are shown has a length that counts what it is made of.
@Suite("Texts that are kept or shown to others")
struct TextLimitTests {
    /// One character of almost eight megabytes.
    private static let tower = "a" + String(repeating: "\u{301}", count: 3_900_000)
    private let limit = TextLimit(1...80)

    @Test("are as long as their characters, and as their marks")
    func complaints() {
        #expect(limit.complaint(about: "A title") == nil)
        #expect(limit.complaint(about: String(repeating: "图", count: 80)) == nil)
        #expect(limit.complaint(about: String(repeating: "é̂", count: 80)) == nil)
        #expect(limit.complaint(about: "") == "at least 1 characters, not 0")
        #expect(limit.complaint(about: String(repeating: "x", count: 81)) == "at most 80 characters, not 81")
        #expect(limit.complaint(about: Self.tower) == "at most 640 bytes, not 7800001")
        #expect(
            limit.complaint(about: "a" + String(repeating: "\u{301}", count: 319)) == nil,
            "320 code points in 639 bytes")
        #expect(
            limit.complaint(about: String(repeating: "a\r\n", count: 110))
                == "at most 320 code points, not 330")
    }

    @Test("are cut, where they were kept before there was a limit")
    func shortening() {
        #expect(limit.shortened("A title") == "A title")
        #expect(limit.shortened(String(repeating: "图", count: 100)) == String(repeating: "图", count: 80))
        let short = limit.shortened(Self.tower)
        #expect(short.unicodeScalars.starts(with: "a\u{301}\u{301}".unicodeScalars))
        #expect(limit.complaint(about: short) == nil)
    }

    @Test("are refused in the gallery with the reason")
    func gallery() {
        let owner = OwnerToken("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")!.hash
        let make = { (title: String, note: String, nickname: String, tags: [String]) in
            try ExperimentRecord(
                title: title, note: note, nickname: nickname, tags: tags, recipe: Recipe(), step: 0,
                owner: owner)
        }
        #expect(throws: Never.self) { try make("T", "n", "N", ["tag"]) }
        #expect(throws: ExperimentRecord.Refusal.self) { try make(Self.tower, "", "", []) }
        #expect(throws: ExperimentRecord.Refusal.self) { try make("T", Self.tower, "", []) }
        #expect(throws: ExperimentRecord.Refusal.self) { try make("T", "", Self.tower, []) }
        #expect(throws: ExperimentRecord.Refusal.self) { try make("T", "", "", [Self.tower]) }
    }

    @Test("are refused in commands, and whatever is wrong is quoted briefly")
    func commands() {
        let tower = "a" + String(repeating: "\u{301}", count: 100_000)
        for command in [
            #"{"id":1,"do":"set","path":"batch","to":16,"gesture":"\#(tower)"}"#,
            #"{"id":1,"do":"compare","recipe":{},"label":"\#(tower)"}"#,
            #"{"id":1,"do":"\#(tower)"}"#, #"{"id":1,"do":"set","path":"\#(tower)","to":"\#(tower)"}"#,
            #"{"id":1,"do":"load","recipe":{"settings":{"\#(tower)":1}}}"#,
            #"{"id":1,"do":"load","recipe":{"settings":{"loss.kind":"\#(tower)"}}}"#,
            #"{"id":1,"do":"load","recipe":{"settings":{"target":"\#(tower)"}}}"#,
            #"{"id":1,"do":"step","count":{"\#(tower)":1}}"#,
        ] {
            guard case .failure(let error) = NumberedCommand(command).command else {
                // A path is the session's business: it answers as the schema does.
                #expect(command.hasPrefix(#"{"id":1,"do":"set","path":"#))
                continue
            }
            #expect(error.message.utf8.count < 1_000, "\(error.code)")
            #expect((error.path ?? "").utf8.count < 1_000)
        }
        var settings = Settings()
        let error = #expect(throws: RecipeError.self) { try settings.set(tower, to: .text(tower)) }
        #expect(error?.message.utf8.count ?? .max < 1_000 && error?.path.utf8.count ?? .max < 1_000)
    }
}
