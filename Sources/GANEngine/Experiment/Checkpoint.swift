/// What an experiment has come to at a step; with the recipe, enough to go on bit for bit.
public struct Checkpoint: Hashable, Sendable {
    /// Steps completed.
    public let step: Int
    /// The networks and what their optimizers remember.
    public let state: TrainingState

    /// Why bytes are not a checkpoint.
    public enum CodecError: Error, Hashable, Sendable {
        case notACheckpoint, unknownVersion(Int), damaged
        /// Whole, but no run comes to such numbers: a count beyond ``Bounds/counter``, or a weight that is not finite.
        case impossible
    }

    package init(step: Int, state: TrainingState) {
        self.step = step
        self.state = state
    }

    /// Little-endian: "GNLC", version, step, then each list of the state with its length, then a checksum of
    /// all that.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.bytes += Self.magic
        writer.write(Self.version)
        writer.write(UInt64(step))
        for player in [state.generator, state.discriminator] {
            writer.write(UInt64(player.updates))
            writer.write(player.weights)
            writer.write(player.mean)
            writer.write(player.square)
            writer.write(player.loss.bitPattern)
        }
        writer.write(state.average)
        writer.write(state.singular)
        writer.write(state.spread.bitPattern)
        writer.write(checksum(writer.bytes[...]))
        return writer.bytes
    }

    /// Reads what ``bytes`` wrote, and nothing else.
    public init(bytes: [UInt8]) throws(CodecError) {
        guard bytes.starts(with: Self.magic), bytes.count >= 16 else { throw .notACheckpoint }
        var reader = ByteReader(bytes: bytes[4...])
        let version: UInt32 = try reader.read()
        guard version == Self.version else { throw .unknownVersion(Int(version)) }
        var tail = ByteReader(bytes: bytes.suffix(8))
        guard try tail.read() == checksum(bytes.dropLast(8)) else { throw .damaged }
        reader.bytes = reader.bytes.dropLast(8)
        step = try reader.count()
        let generator = try reader.player()
        let discriminator = try reader.player()
        let average = try reader.floats()
        let singular = try reader.floats()
        let spread = Float(bitPattern: try reader.read())
        state = TrainingState(
            generator: generator, discriminator: discriminator, average: average, singular: singular,
            spread: spread)
        guard reader.bytes.isEmpty else { throw .damaged }
        guard Bounds.counter.contains(step), state.isPossible else { throw .impossible }
    }

    private static let magic = Array("GNLC".utf8)
    /// Nothing older is read: the recipe recomputes what a checkpoint held.
    private static let version: UInt32 = 2
}

extension TrainingState {
    /// Whether a run can have come to this. What optimizers remember may overflow in a run that goes on.
    fileprivate var isPossible: Bool {
        [generator, discriminator].allSatisfy {
            Bounds.counter.contains($0.updates) && $0.loss.isFinite && $0.weights.allSatisfy(\.isFinite)
        } && average.allSatisfy(\.isFinite) && singular.allSatisfy(\.isFinite) && spread.isFinite
    }
}

/// FNV-1a, 64 bits (Fowler, Noll and Vo).
private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}

private struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func write<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    mutating func write(_ values: [Float]) {
        write(UInt64(values.count))
        bytes.reserveCapacity(bytes.count + 4 * values.count + 8)
        for value in values { write(value.bitPattern) }
    }
}

private struct ByteReader {
    var bytes: ArraySlice<UInt8>

    mutating func read<T: FixedWidthInteger>(as type: T.Type = T.self) throws(Checkpoint.CodecError) -> T {
        let size = MemoryLayout<T>.size
        guard bytes.count >= size else { throw .damaged }
        var value = T.zero
        for byte in bytes.prefix(size).reversed() { value = value << 8 | T(truncatingIfNeeded: byte) }
        bytes = bytes.dropFirst(size)
        return value
    }

    mutating func count() throws(Checkpoint.CodecError) -> Int {
        let value: UInt64 = try read()
        guard let count = Int(exactly: value) else { throw .damaged }
        return count
    }

    mutating func floats() throws(Checkpoint.CodecError) -> [Float] {
        let count = try count()
        guard count <= bytes.count / 4 else { throw .damaged }
        var values: [Float] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(Float(bitPattern: try read())) }
        return values
    }

    mutating func player() throws(Checkpoint.CodecError) -> TrainingState.Player {
        let updates = try count()
        return TrainingState.Player(
            weights: try floats(), mean: try floats(), square: try floats(), updates: updates,
            loss: Float(bitPattern: try read()))
    }
}
