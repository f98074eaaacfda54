import Foundation
import GANEngine
import Lab
import Testing

/// A process is killed at random moments while it writes; whatever it acknowledged must be there.
@Suite struct KillTests {
    @Test(.timeLimit(.minutes(20)))
    func everyAcknowledgedEditSurvivesSIGKILL() throws {
        let folder = try TemporaryFolder()
        var acknowledged: [String: Int] = [:]
        for round in 0..<200 {
            let session = "round \(round)"
            // A third of them while the store is being opened, the others while it is written to.
            acknowledged[session] = try Self.writeUntilKilled(
                folder.path, session, onceWriting: round % 3 != 0)
            // Opening recovers the log; every tenth time is enough to see what each round left behind.
            if round % 10 == 9 { try Self.check(folder.path, acknowledged) }
        }
        try Self.check(folder.path, acknowledged)
        #expect(acknowledged.values.count { $0 > 0 } >= 130, "the writer was killed before it ever wrote")
    }

    /// Every session holds the edits 0, 1, 2 … without a gap, at least as many as were acknowledged.
    private static func check(_ folder: String, _ acknowledged: [String: Int]) throws {
        let store = try SQLiteStore(folder: folder)
        #expect(store.notices.isEmpty)
        for (session, count) in acknowledged where count > 0 {
            let steps = try #require(try store.session(session)).recipe.timeline.map(\.step)
            #expect(steps.count >= count, "\(session): \(steps.count) of \(count) acknowledged edits")
            #expect(steps == Array(0..<steps.count), "\(session)")
        }
    }

    /// Runs the writer for a random moment; returns how many edits it said were stored.
    private static func writeUntilKilled(
        _ folder: String, _ session: String, onceWriting: Bool
    ) throws -> Int {
        let output = Pipe()
        let writer = Process()
        writer.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "store-writer")
        writer.arguments = [folder, session]
        writer.standardOutput = output
        try writer.run()
        var acknowledged = Data()
        if onceWriting { acknowledged = try output.fileHandleForReading.read(upToCount: 4) ?? Data() }
        usleep(.random(in: 0...25_000))
        kill(writer.processIdentifier, SIGKILL)
        acknowledged += try output.fileHandleForReading.readToEnd() ?? Data()
        writer.waitUntilExit()
        #expect(
            writer.terminationReason == .uncaughtSignal,
            "the writer failed: \(String(decoding: acknowledged, as: UTF8.self))")
        return acknowledged.count / 4
    }
}
