import GANEngine
import Glibc
import Lab

/// `store-writer FOLDER SESSION`: appends edits at steps 0, 1, 2 … to a session's journal, several in flight, and
/// writes an edit's step to standard output (UInt32, native order) once the store has acknowledged it.
/// It never ends by itself.
@main
struct StoreWriter {
    static func main() throws {
        let session = CommandLine.arguments[2]
        let queue = StoreQueue(try SQLiteStore(folder: CommandLine.arguments[1]))
        var record = SessionRecord(id: session, recipe: Recipe())
        queue.submit([.session(record)], orDie)
        var step = 0
        while true {
            let rate = Value.number(Double(step + 1) / 1_000_000)
            let edit = Edit(step: step, change: .set(path: "generator.optimizer.learningRate", value: rate))
            record.apply(.edited(edit))
            queue.submit([.journal(session: session, .edited(edit))]) { [step] error in
                orDie(error)
                var acknowledged = UInt32(step)
                write(1, &acknowledged, 4)
            }
            // Now and then what a trainer does: a checkpoint, and a record that settles the journal.
            if step % 16 == 7 {
                let bytes = [UInt8](repeating: 7, count: 20_000)
                queue.submit(
                    [.checkpoint(StoredCheckpoint(session: session, step: step, bytes: bytes))], orDie)
            }
            if step % 64 == 63 { queue.submit([.session(record)], orDie) }
            if step % 8 == 7 { queue.drain() }
            step += 1
        }
    }

    @Sendable private static func orDie(_ error: StoreError?) {
        guard let error else { return }
        print(error)
        exit(1)
    }
}
