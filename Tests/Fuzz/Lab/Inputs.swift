import FoundationEssentials
import GANEngine
import GRDB

/// What each target makes of an input.
extension FuzzedLab {
    /// A small experiment to begin with where the input brings none.
    private static let recipe =
        #"{"settings":{"batch":4,"generator.hidden":[3],"discriminator.hidden":[3],"seed":7}}"#

    func take(recipe bytes: [UInt8]) {
        guard open(recipe: bytes) else { return }
        exercise()
    }

    /// Makes a link to a recipe, and a session of it; false if it is refused, or takes too long.
    func open(recipe bytes: [UInt8]) -> Bool {
        if let address = request(
            .post, "/api/recipes", body: Array(#"{"recipe":"#.utf8) + bytes + [UInt8(ascii: "}")]),
            let link = try? JSON.decode([String: String].self, from: address)["link"]
        {
            expect(request(.get, "/api/link?text=\(link)") != nil, "a link that is refused")
        }
        guard let recipe = try? RecipeFile.decode(bytes), isAffordable(recipe) else { return false }
        open(#""session":"session-of-an-input","recipe":\#(String(decoding: bytes, as: UTF8.self))"#)
        return true
    }

    /// A link's content in the envelope of every version; as a text if it is one.
    func take(link bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if bytes.allSatisfy(Base64URL.isDigit) || bytes.first == UInt8(ascii: "~") {
            request(.get, "/api/link?text=\(text)")
            return open(#""session":"session-of-an-input","link":"\#(text)""#)
        }
        let links = LinkTable.all.compactMap { Self.link(version: $0.version, content: bytes) }.filter {
            isAffordable($0.recipe)
        }
        for link in links {
            expect((try? Link(bytes: link.bytes)) == link, "a link that changes when it is made again")
        }
        guard let link = links.last else { return }
        open(#""session":"session-of-an-input","link":"\#(link.text)""#)
        exercise()
    }

    private static func link(version: UInt8, content: [UInt8]) -> Link? {
        var writer = ByteWriter()
        writer.write(version)
        writer.write(varint: UInt64(content.count))
        writer.write(CRC32.of(content))
        writer.write(content)
        return try? Link(bytes: writer.bytes)
    }

    func take(commands bytes: [UInt8]) {
        open(#""session":"session-of-an-input","recipe":\#(Self.recipe)"#)
        for line in bytes.split(separator: UInt8(ascii: "\n")).prefix(24) {
            send(String(decoding: line, as: UTF8.self))
        }
        exercise()
    }

    /// A checkpoint that is read although its checksum is wrong: whoever can write to the store can count, too.
    func take(checkpoint bytes: [UInt8]) {
        let sealed = Checkpoint.sealed(bytes)
        guard let checkpoint = try? Checkpoint(bytes: sealed) else { return }
        expect(checkpoint.bytes == sealed, "a checkpoint that changes when it is written again")
        guard let recipe = try? RecipeFile.decode(Array(Self.recipe.utf8)) else { return }
        let record = SessionRecord(id: Self.stored, recipe: recipe, step: 2, tip: 2)
        let rung = StoredCheckpoint(session: Self.stored, step: checkpoint.step, bytes: sealed)
        try? store.commit([.session(record), .checkpoint(rung)])
        open(#""session":"\#(Self.stored)""#)
        exercise()
    }

    /// A header, a line break and data; what does not begin like a header is taken as it is.
    func take(safetensors input: [UInt8]) {
        var bytes = input
        if input.first == UInt8(ascii: "{"), let end = input.firstIndex(of: UInt8(ascii: "\n")) {
            var writer = ByteWriter()
            writer.write(UInt64(end))
            writer.write(Array(input[..<end] + input[(end + 1)...]))
            bytes = writer.bytes
        }
        guard let file = try? CheckpointFile(bytes: bytes), isAffordable(file.recipe) else { return }
        guard let answer = request(.post, "/api/import/safetensors", body: bytes) else { return }
        guard let session = try? JSON.decode([String: String].self, from: answer)["session"] else { return }
        open(#""session":"\#(session)""#)
        exercise()
    }

    func take(points bytes: [UInt8]) {
        request(.post, "/api/import/density?columns=4&rows=\(bytes.count / 4)", body: bytes)
        guard let answer = request(.post, "/api/import/points", body: bytes) else { return }
        let target = String(decoding: answer.dropFirst().dropLast(), as: UTF8.self)
        open(
            #""recipe":{"settings":{\#(target),"batch":4,"generator.hidden":[3],"discriminator.hidden":[3]}}"#
        )
        exercise()
    }

    /// Lines: recipe, step, tip, playing, speed, chronicle, twin, chart (base64url), checkpoint (base64url), title, and the
    /// journal.
    func take(record bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard lines.count >= 10, (try? RecipeFile.decode(Array(lines[0].utf8))).map(isAffordable) != false
        else { return }
        write(lines)
        request(.get, "/api/gallery")
        request(.get, "/api/gallery/0123456789/thumbnail")
        guard let record = try? store.session(Self.stored),
            isAffordable(record.recipe), record.twin.map(\.recipe).map(isAffordable) != false
        else { return }
        open(#""session":"\#(Self.stored)""#)
        for _ in 0..<2 { say("undo") }
        say("checkout", #""branch":1"#)
        exercise()
    }

    private static let stored = "session-in-the-store"

    /// Puts down what a stranger might have put into the database.
    private func write(_ lines: [String]) {
        try? store.database.write { database in
            try database.execute(
                sql: """
                    INSERT INTO sessions (id, recipe, step, tip, playing, speed, chronicle, twin, isOpen, updated)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
                    """,
                arguments: [
                    Self.stored, lines[0], Int64(lines[1]) ?? 0, Int64(lines[2]) ?? 0, Int64(lines[3]) ?? 0,
                    Double(lines[4]), lines[5], lines[6].isEmpty ? nil : lines[6],
                ])
            try database.execute(
                sql: "INSERT INTO charts VALUES (?, 0, ?)",
                arguments: [Self.stored, Data(Base64URL.decode(lines[7]) ?? [])])
            let checkpoint = Checkpoint.sealed(Base64URL.decode(lines[8]) ?? [])
            try database.execute(
                sql: "INSERT INTO checkpoints VALUES (?, ?, ?)",
                arguments: [Self.stored, Int64(lines[1]) ?? 0, Data(checkpoint)])
            try database.execute(
                sql:
                    "INSERT INTO experiments VALUES ('0123456789', ?, '', '', ?, x'', ?, ?, x'00', 0, NULL, NULL)",
                arguments: [lines[9], #"["tag"]"#, lines[0], Int64(lines[1]) ?? 0])
            for entry in lines.dropFirst(10) where !entry.isEmpty {
                try database.execute(
                    sql: "INSERT INTO journal (session, entry) VALUES (?, ?)",
                    arguments: [Self.stored, entry])
            }
        }
    }
}

extension Checkpoint {
    /// The bytes with the checksum that they should have at their end: FNV-1a, 64 bits.
    fileprivate static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        let content = bytes.dropLast(8)
        let sum = content.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        var writer = ByteWriter()
        writer.write(Array(content))
        writer.write(sum)
        return writer.bytes
    }
}
