import CKernels

/// Draws one of many entries, each as often as its weight says, in constant time (Walker 1977; built as by Vose 1991).
///
/// Padded with entries of no weight to a power of two, so that the first bits of a random word choose the slot and
/// the rest decide between the slot's two entries.
struct AliasTable: Sendable {
    let entries: [ShapeEntry]
    let slots: [ShapeSlot]
    /// There are 2^bits slots.
    let bits: Int
    /// Whether any entry is more than a point.
    let hasSegments: Bool

    /// At least one of `weighted` has a weight above 0.
    init(_ weighted: [(entry: ShapeEntry, weight: Double)]) {
        entries = weighted.map(\.entry)
        hasSegments = entries.contains { $0.dx != 0 || $0.dy != 0 }
        var bits = 1
        while 1 << bits < weighted.count { bits += 1 }
        self.bits = bits

        let total = weighted.reduce(0) { $0 + $1.weight }
        let count = 1 << bits
        // A slot's share of its own entry; what is left of the slot goes to an entry that has more than one slot.
        var share = weighted.map { $0.weight / total * Double(count) }
        share += [Double](repeating: 0, count: count - weighted.count)
        var alias = Array(0..<count)
        var small = share.indices.filter { share[$0] < 1 }
        var large = share.indices.filter { share[$0] >= 1 }
        while let low = small.popLast(), let high = large.last {
            alias[low] = high
            share[high] -= 1 - share[low]
            if share[high] < 1 { small.append(large.removeLast()) }
        }
        // What rounding left over is within rounding of a whole slot, unless the slot is padding.
        let heaviest = weighted.indices.max { weighted[$0].weight < weighted[$1].weight } ?? 0
        slots = share.indices.map { slot in
            guard alias[slot] == slot else {
                let threshold = UInt32(clamping: share[slot] * 0x1p32)
                return ShapeSlot(threshold: threshold, entries: (UInt32(slot), UInt32(alias[slot])))
            }
            let only = UInt32(slot < weighted.count && weighted[slot].weight > 0 ? slot : heaviest)
            return ShapeSlot(threshold: .max, entries: (only, only))
        }
    }
}
