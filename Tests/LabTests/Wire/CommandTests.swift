import GANEngine
import Lab
import Testing

@Suite("Commands")
struct CommandTests {
    /// A text that no command is, and what the page is told.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let text: String
        let id: Int?
        let code: String
        let path: String?
        var testDescription: String { text }

        init(_ text: String, id: Int?, _ code: String, path: String? = nil) {
            (self.text, self.id, self.code, self.path) = (text, id, code, path)
        }
    }

    static let refusals = [
        Refusal("", id: nil, "malformedJSON"),
        Refusal("{", id: nil, "malformedJSON"),
        Refusal("play", id: nil, "malformedJSON"),
        Refusal("\u{0}", id: nil, "malformedJSON"),
        Refusal(String(repeating: "[", count: 100_000), id: nil, "tooLarge"),
        Refusal(#"{"id":1e999,"do":"play"}"#, id: nil, "missingField", path: "id"),
        Refusal(#"{"do":"play"}"#, id: nil, "missingField", path: "id"),
        Refusal(#"{"id":"7","do":"play"}"#, id: nil, "missingField", path: "id"),
        Refusal(#"{"id":1.5,"do":"play"}"#, id: nil, "missingField", path: "id"),
        Refusal(#"{"id":7}"#, id: 7, "missingField", path: "do"),
        Refusal(#"{"id":7,"do":1}"#, id: 7, "wrongType", path: "do"),
        Refusal(#"{"id":7,"do":"explode"}"#, id: 7, "unknownCommand", path: "do"),
        Refusal(#"{"id":7,"do":"seek"}"#, id: 7, "missingField", path: "step"),
        Refusal(#"{"id":7,"do":"seek","step":-1}"#, id: 7, "outOfRange", path: "step"),
        Refusal(#"{"id":7,"do":"seek","step":"1"}"#, id: 7, "wrongType", path: "step"),
        Refusal(#"{"id":7,"do":"step","count":10001}"#, id: 7, "outOfRange", path: "count"),
        Refusal(#"{"id":7,"do":"step","only":"critic"}"#, id: 7, "wrongType", path: "only"),
        Refusal(#"{"id":7,"do":"speed"}"#, id: 7, "missingField", path: "stepsPerSecond"),
        Refusal(#"{"id":7,"do":"speed","stepsPerSecond":0.01}"#, id: 7, "outOfRange", path: "stepsPerSecond"),
        Refusal(#"{"id":7,"do":"watch","layers":["moon"]}"#, id: 7, "malformed", path: "layers[0]"),
        Refusal(#"{"id":7,"do":"watch","layers":[],"grid":7}"#, id: 7, "outOfRange", path: "grid"),
        Refusal(
            #"{"id":7,"do":"open","session":"../../etc/passwd"}"#, id: 7, "invalidSession", path: "session"),
        Refusal(#"{"id":7,"do":"set","path":"batch"}"#, id: 7, "missingField", path: "to"),
        Refusal(#"{"id":7,"do":"setMany","values":[]}"#, id: 7, "wrongType", path: "values"),
    ]

    @Test("What is wrong is said precisely", arguments: refusals)
    func refusal(_ refusal: Refusal) {
        let numbered = NumberedCommand(refusal.text)
        #expect(numbered.id == refusal.id)
        guard case .failure(let error) = numbered.command else {
            Issue.record("accepted")
            return
        }
        #expect(error.code == refusal.code)
        #expect(error.path == refusal.path)
        #expect(!error.message.isEmpty)
    }

    @Test("Speeds are numbers or null")
    func speed() throws {
        guard
            case .speed(nil) = try NumberedCommand(#"{"id":1,"do":"speed","stepsPerSecond":null}"#).command
                .get(),
            case .speed(0.5) = try NumberedCommand(#"{"id":1,"do":"speed","stepsPerSecond":0.5}"#).command
                .get()
        else {
            Issue.record("not understood")
            return
        }
    }

    @Test("A watch keeps its defaults")
    func watch() throws {
        let text = #"{"id":1,"do":"watch","layers":["fake","heatmap"],"grid":50,"rate":30,"metrics":true}"#
        guard case .watch(let watch, rate: 30) = try NumberedCommand(text).command.get() else {
            Issue.record("not understood")
            return
        }
        #expect(watch.layers == [.fake, .heatmap, .metrics])
        #expect(watch.grid == 50)
        #expect(watch.manifold == 20)
    }
}
