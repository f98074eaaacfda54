/// A fair sample of a stream of unknown length, the same every time (algorithm R; Vitter 1985).
struct Reservoir<Element> {
    private let capacity: Int
    private var kept: [(index: Int, element: Element)] = []
    /// How many there were.
    private(set) var count = 0
    private var random = SplitMix64(state: 2_024)

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func add(_ element: Element) {
        if kept.count < capacity {
            kept.append((count, element))
        } else {
            let place = Int(random.next(below: UInt64(count + 1)))
            if place < capacity { kept[place] = (count, element) }
        }
        count += 1
    }

    /// The sample, in the order of the stream.
    var elements: [Element] {
        kept.sorted { $0.index < $1.index }.map(\.element)
    }
}

/// A generator whose numbers stay the same in every version of Swift (Steele, Lea and Flood 2014).
private struct SplitMix64 {
    var state: UInt64

    mutating func next(below bound: UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ mixed >> 31).multipliedFullWidth(by: bound).high
    }
}
