import GANEngine

/// Looks inside the networks, a few times a second: it shows many small pictures, which nobody can follow faster.
struct NetworkInspector {
    /// Time between two looks while the run goes on.
    private static let interval = Duration.milliseconds(100)
    /// Points a side of a unit's map, cells a side of the generator's grid.
    private static let mapSide = 20
    private static let gridCells = 20
    /// Units of a layer that are shown.
    private static let unitLimit = 64

    private var nextLook: [FrameRequest: ContinuousClock.Instant] = [:]

    /// What `request` asks to see of the insides, or nothing if it is too early for that. A run that stands still is
    /// always looked into: its last picture has to be whole.
    mutating func sections(
        of snapshot: Snapshot, in view: View, showing request: FrameRequest, isPlaying: Bool,
        at now: ContinuousClock.Instant
    ) -> [FrameSection] {
        guard !request.layers.isDisjoint(with: [.units, .stages]) else { return [] }
        guard !isPlaying || nextLook[request].map({ $0 <= now }) != false else { return [] }
        // Wishes that nobody has any more are forgotten on the way.
        nextLook = nextLook.filter { $0.value > now }
        nextLook[request] = now + Self.interval
        return Self.sections(of: snapshot, in: view, showing: request)
    }

    /// What `request` asks to see of the insides.
    static func sections(of snapshot: Snapshot, in view: View, showing request: FrameRequest)
        -> [FrameSection]
    {
        var sections: [FrameSection] = []
        if request.layers.contains(.units) {
            let generator = snapshot.generatorMaps(mapSide, limit: unitLimit)
            let discriminator = snapshot.discriminatorMaps(mapSide, in: view, limit: unitLimit)
            sections.append(.inside(.units(.generator, generator)))
            sections.append(.inside(.units(.discriminator, discriminator)))
            sections.append(
                .inside(
                    .connections(
                        generator: .init(of: snapshot.generator, limit: unitLimit),
                        discriminator: .init(of: snapshot.discriminator, limit: unitLimit))))
        }
        if request.layers.contains(.stages) {
            sections.append(.inside(.stages(snapshot.generatorStages(gridCells))))
        }
        return sections
    }
}
