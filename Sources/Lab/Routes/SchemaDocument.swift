import GANEngine

/// What the page is told once: every setting, target, preset, layer and metric, and the limits of this lab.
struct SchemaDocument: Encodable {
    struct Target: Encodable {
        let value: String
        let label: String
        let help: String
        let view: ViewDocument
        let modes: Int?
        /// Samples of it, drawn as its picture.
        let thumbnail: [[Float]]
    }

    struct Preset: Encodable {
        let name: String
        let label: String
        let help: String
        let settings: Settings
        let recipe: Recipe
        /// Steps to run before it is shown.
        let step: Int
    }

    struct Metric: Encodable {
        let id: UInt16
        let name: String
        let label: String
        let help: String
        let formula: String
        /// `lower`, `higher`, or null where neither is better in itself.
        let better: String?
    }

    struct Limits: Encodable {
        let viewersPerSession: Int
        let drawingStrokes: Int
        let drawingPoints: Int
        let points: Int
        let steps: Int
        let slowestSpeed: Double
        let fastestSpeed: Double
        let stepCount: Int
        /// Whether experiments can be kept here.
        let gallery: Bool
    }

    let fields: [FieldDocument]
    let targets: [Target]
    let presets: [Preset]
    /// The interval of latent noise that the manifold's grid spans, evenly, by distribution.
    let noiseGrid: [String: [Float]]
    let layers: [String]
    let metrics: [Metric]
    let limits: Limits
    /// What a session can be taken home as.
    let exports = SessionRoutes.exports

    init(limits: LabLimits, hasStore: Bool) {
        let standard = Settings()
        fields = Schema.fields.map { FieldDocument(field: $0, standard: standard.value(at: $0.path)) }
        targets = Schema.targets.map(Target.init)
        presets = GANEngine.Preset.all.map(Preset.init)
        noiseGrid = Dictionary(
            uniqueKeysWithValues: NoiseDistribution.allCases.map {
                ($0.rawValue, [$0.interval.lowerBound, $0.interval.upperBound])
            })
        layers = FrameRequest.Layer.allCases.map(\.rawValue)
        metrics = MetricKind.allCases.map(Metric.init)
        self.limits = Limits(
            viewersPerSession: limits.viewersPerSession, drawingStrokes: Bounds.strokes.upperBound,
            drawingPoints: Bounds.strokePoints, points: Bounds.points.upperBound, steps: Command.furthestStep,
            slowestSpeed: Command.speedBounds.lowerBound,
            fastestSpeed: Command.speedBounds.upperBound, stepCount: Command.stepCountBounds.upperBound,
            gallery: hasStore)
    }
}

extension SchemaDocument.Target {
    /// Three decimals: far finer than a thumbnail's pixels, and half as long to send.
    private static func short(_ coordinate: Float) -> Float { (coordinate * 1000).rounded() / 1000 }

    private static let thumbnailSamples = 200

    fileprivate init(_ choice: Choice) {
        value = choice.value
        label = choice.label
        help = choice.help
        var settings = Settings()
        settings.target = .named(NamedTarget(rawValue: choice.value) ?? .ring)
        let scene = Scene(settings)
        view = ViewDocument(scene.view)
        modes = scene.modes
        thumbnail = scene.reals(Self.thumbnailSamples).map { [Self.short($0.x), Self.short($0.y)] }
    }
}

extension SchemaDocument.Preset {
    fileprivate init(_ preset: Preset) {
        name = preset.name
        label = preset.label
        help = preset.help
        settings = preset.recipe.settings
        recipe = preset.recipe
        step = preset.step
    }
}

extension SchemaDocument.Metric {
    fileprivate init(_ kind: MetricKind) {
        id = kind.rawValue
        name = kind.name
        label = kind.description.label
        help = kind.description.help
        formula = kind.description.formula
        better = kind.description.better?.rawValue
    }
}
