/// Where a session that plays pauses by itself.
package enum Stop: Hashable, Sendable {
    /// When exactly so many steps are completed.
    case step(Int)
    /// When the verdict is that it has learned.
    case learned

    /// Steps between two looks at the verdict. They lie at the multiples, whatever the speed and whoever watches.
    private static let spacing = 250

    /// The next step at which a session that stands at `step` has to ask whether it is there; nil if it is past it.
    func appointment(after step: Int) -> Int? {
        switch self {
        case .step(let stop): stop > step ? stop : nil
        case .learned: (step / Self.spacing + 1) * Self.spacing
        }
    }
}

extension Stop: Encodable {
    private enum Key: String, CodingKey {
        case step, learned
    }

    /// `{"step": 5000}` or `{"learned": true}`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .step(let step): try container.encode(step, forKey: .step)
        case .learned: try container.encode(true, forKey: .learned)
        }
    }
}
