import GANEngine

/// A way to a step that takes more than one slice: a seek, a link being opened, some single steps.
struct SeekTask {
    /// Where to stop.
    var target: Int
    /// Each step on the way updates this network alone, and is recorded as such.
    var only: Player?
    /// Whether to play on from there.
    var thenPlay = false
    /// Who is to be told of the arrival.
    var awaiting: [(client: any Client, id: Int?)] = []
    /// How far the run had come before. Beyond, it is measured now and then, so that the charts of a link that is opened
    /// are not empty.
    var knownUpTo = 0

    private static let mostMeasurements = 40
    private static let leastSpacing = 32

    /// The next step to stop at, to measure or because it is the last.
    func stop(after step: Int) -> Int {
        let passed = max(0, step - knownUpTo) / spacing
        return min(target, knownUpTo + (passed + 1) * spacing)
    }

    /// Whether this step, on the way to the target, is one to measure at.
    func measures(at step: Int) -> Bool {
        step > knownUpTo && step < target && (step - knownUpTo).isMultiple(of: spacing)
    }

    private var spacing: Int {
        max(Self.leastSpacing, (target - knownUpTo) / Self.mostMeasurements)
    }
}
