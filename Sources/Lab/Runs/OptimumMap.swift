import GANEngine

/// The discriminator that no other beats for the generator of now, p/(p + q) on a grid, with both densities
/// estimated from samples in the same way.
struct OptimumMap {
    private static let reals = 10_000
    private static let fakes = 4_000

    /// The target's density on the grid that was asked for last.
    private var target: (side: Int, density: [Float])?

    mutating func values(_ side: Int, _ snapshot: Snapshot, _ scene: Scene) -> [Float] {
        let grid = Grid(centre: scene.view.centre, half: scene.view.halfExtent, side: side)
        if target?.side != side { target = (side, grid.density(of: scene.reals(Self.reals))) }
        let fakes = grid.density(of: snapshot.fakes(Self.fakes))
        return grid.optimalDiscriminator(p: target?.density ?? [], q: fakes)
    }
}
