import Glibc

/// Bytes on their way to one peer, in order.
///
/// Small pieces are copied together, so that what is answered at once leaves in one call; large ones are held by
/// reference, so that a frame with two thousand viewers exists once; files are read as they leave.
struct OutputQueue {
    private enum Source {
        case bytes([UInt8])
        case file(FileSlice)
    }

    private struct Entry {
        var source: Source
        var offset: Int
        var end: Int
    }

    /// Up to here copying is cheaper than another entry.
    private static let copyLimit = 4096
    private static let fileChunk = 1 << 17
    /// A peer that reads as fast as it is sent to has others wait no longer than this takes.
    private static let turnLimit = 1 << 19

    /// Bytes not yet handed to the system.
    private(set) var count = 0

    private var entries: [Entry] = []
    private var first = 0
    /// The open tail, into which small pieces go. Always after every entry.
    private var tail: [UInt8] = []
    private var tailOffset = 0

    var isEmpty: Bool { count == 0 }

    /// Copies a piece that the caller writes through `body` into the room it is given.
    mutating func append(_ body: (inout [UInt8]) -> Void) {
        let before = tail.count
        body(&tail)
        count += tail.count - before
    }

    mutating func append(_ bytes: [UInt8]) { append(bytes, from: 0, to: bytes.count) }

    /// Queues a part of `bytes`: a small one by copy, a large one by reference.
    mutating func append(_ bytes: [UInt8], from start: Int, to end: Int) {
        if end - start <= Self.copyLimit {
            tail.append(contentsOf: bytes[start..<end])
        } else {
            sealTail()
            entries.append(Entry(source: .bytes(bytes), offset: start, end: end))
        }
        count += end - start
    }

    /// Queues a part of a file, of which only a piece is ever in memory.
    mutating func append(_ file: FileSlice) {
        guard file.count > 0 else { return }
        sealTail()
        entries.append(Entry(source: .file(file), offset: 0, end: file.count))
        count += file.count
    }

    private mutating func sealTail() {
        guard tailOffset < tail.count else { return }
        entries.append(Entry(source: .bytes(tail), offset: tailOffset, end: tail.count))
        tail = []
        tailOffset = 0
    }

    /// Sends until all is gone, the peer takes no more, or it is somebody else's turn; `.moved` counts the bytes that
    /// went, and `isEmpty` tells whether there is more to send once the peer can take it.
    mutating func write(to transport: any Transport) -> Transfer {
        var written = 0
        while count > 0, written < Self.turnLimit {
            switch writeOnce(to: transport) {
            case .moved(let bytes): written += bytes
            case .wouldBlock, .ended: return .moved(written)
            case .failed: return .failed
            }
        }
        return .moved(written)
    }

    private mutating func writeOnce(to transport: any Transport) -> Transfer {
        guard first < entries.count else { return writeTail(to: transport) }
        let entry = entries[first]
        let result: Transfer
        switch entry.source {
        case .file(let file):
            guard loadFile(file, of: entry) else { return .failed }
            return .moved(0)
        case .bytes(let bytes):
            if first + 1 < entries.count, case .bytes(let next) = entries[first + 1].source {
                let following = entries[first + 1]
                result = bytes.withUnsafeBytes { a in
                    next.withUnsafeBytes { b in
                        transport.write(
                            .init(rebasing: a[entry.offset..<entry.end]),
                            .init(rebasing: b[following.offset..<following.end]))
                    }
                }
            } else {
                result = bytes.withUnsafeBytes {
                    transport.write(.init(rebasing: $0[entry.offset..<entry.end]))
                }
            }
        }
        if case .moved(let bytes) = result { consume(bytes) }
        return result
    }

    private mutating func writeTail(to transport: any Transport) -> Transfer {
        let result = tail.withUnsafeBytes { transport.write(.init(rebasing: $0[tailOffset...])) }
        if case .moved(let bytes) = result {
            tailOffset += bytes
            count -= bytes
            if count == 0 {
                // Kept for the next answer, unless it has grown beyond what every idle connection may hold.
                tail.removeAll(keepingCapacity: tail.capacity <= Self.copyLimit)
                tailOffset = 0
            } else if tailOffset > 1 << 16 {
                tail.removeFirst(tailOffset)
                tailOffset = 0
            }
        }
        return result
    }

    private mutating func consume(_ bytes: Int) {
        count -= bytes
        var left = bytes
        while left > 0 {
            let size = entries[first].end - entries[first].offset
            guard left >= size else {
                entries[first].offset += left
                return
            }
            left -= size
            entries[first].source = .bytes([])
            first += 1
        }
        guard first == entries.count else { return }
        entries.removeAll(keepingCapacity: entries.capacity <= 16)
        first = 0
    }

    /// Puts the next piece of a file before the rest of it.
    private mutating func loadFile(_ file: FileSlice, of entry: Entry) -> Bool {
        let wanted = min(Self.fileChunk, entry.end - entry.offset)
        guard let piece = file.read(at: entry.offset, count: wanted) else { return false }
        entries[first].offset += wanted
        if entries[first].offset == entry.end { entries.remove(at: first) }
        entries.insert(Entry(source: .bytes(piece), offset: 0, end: wanted), at: first)
        return true
    }
}
