import GANEngine
import Testing

@Suite("The optimal discriminator")
struct OptimalDiscriminatorTests {
    private let grid = Grid(centre: Point(1, -1), half: 2, side: 40)

    @Test("the density integrates to 1 and lies where the points are")
    func density() {
        let density = grid.density(of: [Point(1.05, -0.95), Point(2.05, -1.95)], bandwidth: 0.2)
        let mass = density.reduce(0) { $0 + Double($1 * grid.cell * grid.cell) }
        #expect(abs(mass - 1) < 1e-3)
        let centres = View(centre: grid.centre, halfExtent: grid.half).cells(grid.side)
        let peak = density.indices.max { density[$0] < density[$1] }!
        #expect(abs(centres[peak].x - 1.05) < 0.01 || abs(centres[peak].x - 2.05) < 0.01)
        // 1/(2 · 2π σ²), half of a Gaussian's peak.
        #expect(agree(density[peak], 1 / (2 * 2 * Double.pi * 0.04), 1e-3))
    }

    @Test("is a half where real and fake agree, 1 where only reals are, and a half where nothing is")
    func optimum() {
        let left = grid.density(of: Array(repeating: Point(0, -1), count: 100))
        let right = grid.density(of: Array(repeating: Point(2, -1), count: 100))
        let same = grid.optimalDiscriminator(p: left, q: left)
        #expect(same.allSatisfy { $0 == 0.5 })
        let apart = grid.optimalDiscriminator(p: left, q: right)
        #expect(apart[grid.index(of: Point(0, -1))!] > 0.99)
        #expect(apart[grid.index(of: Point(2, -1))!] < 0.01)
        #expect(apart[grid.index(of: Point(1, 0.9))!] == 0.5)
    }

    @Test("points far away or not finite add nothing")
    func outside() {
        let density = grid.density(of: [
            Point(100, 0), Point(.nan, 0), Point(0, -.infinity), Point(1e30, 1e30),
        ])
        #expect(density.allSatisfy { $0 == 0 })
    }
}
