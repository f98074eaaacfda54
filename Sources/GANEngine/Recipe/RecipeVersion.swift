/// Which defaults a recipe counts on for what it leaves out.
///
/// What was written once means the same for ever: defaults that change become a new version, and the old ones stay.
public enum RecipeVersion: Int, CaseIterable, Hashable, Sendable {
    /// The first defaults. Some targets of the lab fall apart under them between 20,000 and 100,000 steps.
    case first = 1
    /// Learns every target of the lab and stays there: `Benchmarks/Defaults` has the measurements.
    case second

    /// The one that is written.
    public static let current = RecipeVersion.second
}

extension Settings {
    /// The defaults of a version.
    public init(_ version: RecipeVersion) {
        self.init()
        guard version == .first else { return }
        coordinates = .data
        generator.average = 0
        penalty.r1 = 0.1
        for player in Player.allCases {
            self[optimizer: player].learningRate = 0.001
            self[optimizer: player].beta2 = 0.99
            self[optimizer: player].schedule = .constant
            self[optimizer: player].period = 10_000
            self[optimizer: player].factor = 0.1
        }
    }
}
