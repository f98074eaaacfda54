/// A closed set that the schema can describe.
protocol Choosable: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
    /// Label, one sentence, formula and companions of this case.
    var about: About { get }
}

/// What a ``Choosable`` case says about itself.
struct About {
    let label: String
    let help: String
    var formula: String?
    /// Settings that should change along with this case.
    var companions: [String: Double] = [:]
}
