/// Up to 255 colours that stand for all those of a picture: median cut (Heckbert 1982) over 5 bits a channel.
struct ColourTable {
    private(set) var colours: [Colour]
    /// For each cell of the 32 × 32 × 32 cube that the picture uses, the index of its colour.
    private var indices = [UInt8](repeating: 0, count: 1 << 15)

    /// Builds the table for some pixels.
    init(for pixels: some Sequence<Colour>) {
        var cells = [Cell](repeating: Cell(), count: 1 << 15)
        for pixel in pixels { cells[Self.cell(pixel)].add(pixel) }
        let used = cells.indices.filter { cells[$0].count > 0 }
        colours = []
        for box in Self.boxes(used, cells) {
            for cell in box { indices[cell] = UInt8(colours.count) }
            colours.append(box.reduce(into: Cell()) { $0.add(cells[$1]) }.mean)
        }
    }

    /// The index of the colour that stands for one of the pixels the table was built for.
    func index(of colour: Colour) -> UInt8 { indices[Self.cell(colour)] }

    private static func cell(_ colour: Colour) -> Int {
        Int(colour.red >> 3) << 10 | Int(colour.green >> 3) << 5 | Int(colour.blue >> 3)
    }

    /// Splits the box with the most pixels × extent at its median until there are 255.
    private static func boxes(_ used: [Int], _ cells: [Cell]) -> [[Int]] {
        var boxes = used.isEmpty ? [] : [Box(used, cells)]
        while boxes.count < 255,
            let (index, box) = boxes.enumerated().max(by: { $0.element.cost < $1.element.cost }),
            box.cost > 0
        {
            let (low, high) = box.split(cells)
            boxes[index] = Box(low, cells)
            boxes.append(Box(high, cells))
        }
        return boxes.map(\.members)
    }

    /// The pixels that fall into one cell of the cube.
    private struct Cell {
        var count = 0
        private var sum = SIMD3<Int>()

        mutating func add(_ colour: Colour) {
            count += 1
            sum &+= SIMD3(Int(colour.red), Int(colour.green), Int(colour.blue))
        }

        mutating func add(_ other: Cell) {
            count += other.count
            sum &+= other.sum
        }

        var mean: Colour {
            let mean = (sum &+ SIMD3(repeating: count / 2)) / SIMD3(repeating: count)
            return Colour(UInt8(mean.x), UInt8(mean.y), UInt8(mean.z))
        }
    }

    private struct Box {
        let members: [Int]
        /// Bits to shift for the channel in which the box is longest.
        private let channel: Int
        /// Pixels × extent; 0 if it cannot be split.
        let cost: Int

        init(_ members: [Int], _ cells: [Cell]) {
            self.members = members
            let extents = [10, 5, 0].map { shift in
                let values = members.map { $0 >> shift & 31 }
                return (shift: shift, extent: values.max()! - values.min()!)
            }
            let longest = extents.max { $0.extent < $1.extent }!
            channel = longest.shift
            cost = longest.extent * members.reduce(0) { $0 + cells[$1].count }
        }

        func split(_ cells: [Cell]) -> (low: [Int], high: [Int]) {
            let sorted = members.sorted { ($0 >> channel & 31, $0) < ($1 >> channel & 31, $1) }
            let half = sorted.reduce(0) { $0 + cells[$1].count } / 2
            var passed = 0
            var middle = 0
            while middle < sorted.count - 1, passed <= half {
                passed += cells[sorted[middle]].count
                middle += 1
            }
            return (Array(sorted[..<max(middle, 1)]), Array(sorted[max(middle, 1)...]))
        }
    }
}
