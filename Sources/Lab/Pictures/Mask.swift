import GANEngine

/// How much of each pixel is covered, from 0 to 1; antialiased.
struct Mask {
    let side: Int
    private(set) var coverage: [Float]
    /// Rows that hold anything.
    private(set) var rows: Range<Int>

    init(side: Int) {
        self.side = side
        coverage = Array(repeating: 0, count: side * side)
        rows = 0..<0
    }

    mutating func clear() {
        for index in rows.lowerBound * side..<rows.upperBound * side { coverage[index] = 0 }
        rows = 0..<0
    }

    mutating func add(_ shape: Shape) {
        switch shape {
        case .disc(let centre, let radius): addCapsule(from: centre, to: centre, radius: radius)
        case .polygon(let corners): addPolygon(corners)
        }
    }

    /// Everything within `radius` of a segment. A pixel is covered as far as its centre lies inside the edge.
    mutating func addCapsule(from a: Place, to b: Place, radius: Float) {
        let axis = b - a
        let length = (axis * axis).sum()
        let reach = radius + 0.5
        let columns = pixels(min(a.x, b.x) - reach, max(a.x, b.x) + reach)
        let rows = pixels(min(a.y, b.y) - reach, max(a.y, b.y) + reach)
        touch(rows)
        for row in rows {
            for column in columns {
                let offset = Place(Float(column) + 0.5, Float(row) + 0.5) - a
                let along = length > 0 ? min(max((offset * axis).sum() / length, 0), 1) : 0
                let away = offset - axis * along
                let distance = (away * away).sum().squareRoot()
                let index = row * side + column
                coverage[index] = max(coverage[index], min(max(reach - distance, 0), 1))
            }
        }
    }

    /// Scan lines, four a pixel, whose ends are exact along x. Neighbours that share an edge join without a seam.
    private mutating func addPolygon(_ corners: [Place]) {
        let heights = corners.map(\.y)
        guard corners.allSatisfy({ $0.x.isFinite && $0.y.isFinite }), let top = heights.min(),
            let bottom = heights.max()
        else { return }
        let rows = pixels(top, bottom)
        touch(rows)
        for row in rows {
            for line in 0..<4 {
                let y = Float(row) + (Float(line) + 0.5) / 4
                let crossings = Self.crossings(of: corners, at: y)
                for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                    addSpan(row, from: crossings[pair], to: crossings[pair + 1], weight: 0.25)
                }
            }
        }
    }

    private static func crossings(of corners: [Place], at y: Float) -> [Float] {
        var crossings: [Float] = []
        var a = corners[corners.count - 1]
        for b in corners {
            if (a.y <= y) != (b.y <= y) { crossings.append(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y)) }
            a = b
        }
        return crossings.sorted()
    }

    private mutating func addSpan(_ row: Int, from left: Float, to right: Float, weight: Float) {
        for column in pixels(left, right) {
            let width = min(right, Float(column + 1)) - max(left, Float(column))
            let index = row * side + column
            coverage[index] = min(coverage[index] + max(width, 0) * weight, 1)
        }
    }

    /// The pixels of the canvas between two coordinates.
    private func pixels(_ from: Float, _ to: Float) -> Range<Int> {
        guard from.isFinite, to.isFinite, from < to else { return 0..<0 }
        let limit = Float(side)
        let first = Int(clamping: min(max(from.rounded(.down), 0), limit))
        let last = Int(clamping: min(max(to.rounded(.up), 0), limit))
        return first..<max(first, last)
    }

    private mutating func touch(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        rows =
            rows.isEmpty
            ? range : min(rows.lowerBound, range.lowerBound)..<max(rows.upperBound, range.upperBound)
    }
}
