import GANEngine
import Lab
import Testing

/// A picture becomes points as dense as it is dark.
@Suite struct DensityGridTests {
    private static func points(_ grid: DensityGrid, _ count: Int) -> [Point] {
        if case .points(let points, _) = grid.target(points: count) { points } else { [] }
    }

    @Test func everyPixelGetsItsShareOfThePoints() throws {
        // Twice as wide as high, so it lies in the middle half of the unit square.
        let darkness: [UInt8] = [0, 100, 200, 0, 50, 0, 0, 150]
        let grid = try DensityGrid(columns: 4, rows: 2, darkness: darkness)
        let points = Self.points(grid, 4_000)
        #expect(points.count == 4_000)
        var counts = [Int](repeating: 0, count: 8)
        for point in points {
            let column = Int(point.x * 4)
            let row = Int((0.75 - point.y) * 4)
            counts[row * 4 + column] += 1
        }
        for (count, dark) in zip(counts, darkness) { #expect(abs(count - Int(dark) * 8) <= 1) }
    }

    @Test func withinAPixelPointsAreEven() throws {
        let points = Self.points(try DensityGrid(columns: 1, rows: 1, darkness: [9]), 1_600)
        var counts = [Int](repeating: 0, count: 16)
        for point in points { counts[Int(point.y * 4) * 4 + Int(point.x * 4)] += 1 }
        #expect(counts.allSatisfy { (90...110).contains($0) })
    }

    @Test func theSamePictureGivesTheSamePointsAndARecipe() throws {
        let darkness = (0..<64 * 64).map { UInt8(truncatingIfNeeded: $0 &* $0) }
        let grid = try DensityGrid(columns: 64, rows: 64, darkness: darkness)
        #expect(grid.target() == grid.target())
        var recipe = Recipe()
        try recipe.settings.set("target", to: .target(grid.target()))
        try recipe.validate()
    }

    @Test(arguments: [
        (0, 5, 0, "no pixels"), (10_000, 10_000, 100, "10000 × 10000 pixels"),
        (2, 2, 3, "need 4 values, not 3"),
        (2, 2, 4, "white all over"),
    ])
    func whatIsWrongIsNamed(columns: Int, rows: Int, count: Int, hint: String) {
        let error = #expect(throws: ImportError.self) {
            try DensityGrid(columns: columns, rows: rows, darkness: Array(repeating: 0, count: count))
        }
        #expect(error?.description.contains(hint) == true)
    }
}
