/// Makes inputs nobody thought of out of ones that somebody did.
struct Mutator {
    private var generator: SeededGenerator
    private let corpus: [[UInt8]]

    init(corpus: [[UInt8]], seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        // A mutation of a huge input is mostly the huge input.
        self.corpus = corpus.filter { !$0.isEmpty && $0.count <= 2000 }
    }

    /// The next input: an example, or two joined, changed in a few places.
    mutating func next() -> [UInt8] {
        var bytes = corpus.randomElement(using: &generator)!
        if Bool.random(using: &generator) { splice(&bytes) }
        for _ in 0..<Int.random(in: 0...6, using: &generator) where !bytes.isEmpty { change(&bytes) }
        return bytes
    }

    /// Cuts `bytes` into pieces as a network may.
    mutating func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            pieces.append(rest.prefix(Int.random(in: 1...64, using: &generator)))
            rest = rest.dropFirst(pieces.last!.count)
        }
        return pieces
    }

    private mutating func splice(_ bytes: inout [UInt8]) {
        let other = corpus.randomElement(using: &generator)!
        let cut = Int.random(in: 0...bytes.count, using: &generator)
        bytes = Array(bytes[..<cut]) + other[Int.random(in: 0..<other.count, using: &generator)...]
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: bytes.remove(at: place)
        case 3:
            bytes.insert(
                [0, 9, 10, 13, 0x20, 0x2c, 0x3a, 0x3b, 0x7f, 0xff].randomElement(using: &generator)!,
                at: place)
        case 4:
            bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &generator)))
        default:
            let end = min(bytes.count, place + Int.random(in: 1...16, using: &generator))
            bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
    }
}
