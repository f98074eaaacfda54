import Dispatch
import Foundation
import GANEngine
import Glibc
import Lab

/// Edits a second into the store, and how soon it is back after a start.
enum StoreBench {
    static func run(in folder: String) throws {
        try fsync(in: folder)
        try edits(in: "\(folder)/edits")
        try recovery(in: "\(folder)/recovery")
    }

    /// What the disk allows: the bounds for edits that wait for each other. The store's log grows at first, and is then
    /// written over from its start again and again.
    private static func fsync(in folder: String) throws {
        let file = open("\(folder)/fsync", O_CREAT | O_WRONLY, 0o600)
        defer { close(file) }
        let count = 200
        let block = [UInt8](repeating: 1, count: 4_096)
        func write(from start: Int) {
            for index in start..<start + count {
                pwrite(file, block, block.count, index * block.count)
                fdatasync(file)
            }
        }
        var end = 0
        let growing = seconds(runs: 3) {
            write(from: end)
            end += count
        }
        let over = seconds(runs: 3) { write(from: 0) }
        for (how, time) in [("growing file", growing), ("file written over", over)] {
            report("bound: 4 kB and fdatasync, \(how)", String(format: "%.0f a second", Double(count) / time))
        }
    }

    private static func edits(in folder: String) throws {
        let queue = StoreQueue(try SQLiteStore(folder: folder))
        let sessions = (0..<64).map { "session \($0)" }
        for id in sessions { queue.submit([.session(SessionRecord(id: id, recipe: Recipe()))]) }
        queue.drain()
        let change = Change.set(path: "generator.optimizer.learningRate", value: .number(0.003))

        let alone = 300
        let aloneTime = seconds(runs: 3) {
            for step in 0..<alone {
                queue.submit([.journal(session: sessions[0], .edited(Edit(step: step, change: change)))])
                queue.drain()
            }
        }
        report(
            "edits, each acknowledged before the next is made",
            String(format: "%.0f a second", Double(alone) / aloneTime))

        let rounds = 300
        let together = seconds(runs: 3) {
            for step in 0..<rounds {
                for id in sessions {
                    queue.submit([.journal(session: id, .edited(Edit(step: step, change: change)))])
                }
            }
            queue.drain()
        }
        report(
            "edits, 64 sessions at once, all acknowledged",
            String(format: "%.0f a second", Double(rounds * sessions.count) / together))
    }

    private static func recovery(in folder: String) throws {
        let count = 1_000
        let checkpoint = try Experiment(Recipe()).checkpoint().bytes
        do {
            let store = try SQLiteStore(folder: folder)
            for first in stride(from: 0, to: count, by: 100) {
                try store.commit((first..<first + 100).flatMap { changes("session \($0)", checkpoint) })
            }
            report(
                "bytes a session in the store, 20 edits and a checkpoint",
                "\(try store.usage().bytes / count)")
        }
        report(
            "opening a store of 1,000 sessions, integrity check included",
            short(
                try seconds(runs: 3) {
                    _ = try SQLiteStore(folder: folder)
                }))
        let store = try SQLiteStore(folder: folder)
        report(
            "reading all 1,000 with their journals",
            short(
                try seconds(runs: 3) {
                    for summary in try store.sessions() { _ = try store.session(summary.id) }
                }))
    }

    /// A session with 10 edits in its recipe and 10 in its journal.
    private static func changes(_ id: String, _ checkpoint: [UInt8]) -> [StoreChange] {
        let edits = (0..<20).map { step in
            Edit(
                step: step * 100,
                change: .set(
                    path: "discriminator.optimizer.learningRate", value: .number(Double(step + 1) / 1_000)))
        }
        let record = SessionRecord(id: id, recipe: Recipe(timeline: Array(edits.prefix(10))), step: 1_000)
        return [.session(record), .checkpoint(StoredCheckpoint(session: id, step: 0, bytes: checkpoint))]
            + edits.suffix(10).map { .journal(session: id, .edited($0)) }
    }
}
