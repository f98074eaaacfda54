/// A command with the number that its answer is to bear.
package struct NumberedCommand: Sendable {
    /// Nil if the page gave none, which is an error.
    package let id: Int?
    package let command: Result<Command, CommandError>

    /// Reads what a page sent. Never fails: what is wrong is what the answer says.
    package init(_ text: String) {
        do {
            self = try JSON.decode(Self.self, from: text)
        } catch {
            id = nil
            command = .failure(CommandError(decoding: error))
        }
    }
}

extension NumberedCommand: Decodable {
    private enum Key: String, CodingKey {
        case id
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        id = try? container.decode(Int.self, forKey: .id)
        guard id != nil else {
            command = .failure(
                CommandError(.missingField, path: "id", "Every command needs a whole number as its id."))
            return
        }
        do {
            command = .success(try Command(from: decoder))
        } catch {
            command = .failure(CommandError(decoding: error))
        }
    }
}
