import GANEngine

/// How strongly a picture shows what is there, as the page does (`Public/canvas/exposure.js`): in a balanced game D stays
/// near one half and pulls are faint, and a fixed scale would show an empty plane.
struct Exposure: Sendable {
    /// The distance from one half that the fullest colour stands for.
    let span: Float
    /// Half-views an arrow is long for a gradient of 1 in data units.
    let arrow: Float

    init(of layers: [FrameSection], view: View) {
        var span: Float = 0.05
        var gain: Float = 1
        for layer in layers {
            switch layer {
            case .heatmap(_, let values), .optimum(_, let values):
                let leanings = values.lazy.filter(\.isFinite).map { min(max($0, 0), 1) - 0.5 }
                let squares = leanings.reduce(0) { $0 + $1 * $1 }
                span = max(span, 2 * (squares / Float(max(1, values.count))).squareRoot())
            case .gradients(let gradients):
                let norms = gradients.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.filter(\.isFinite)
                    .sorted()
                guard !norms.isEmpty else { continue }
                let usual = Self.length * view.halfExtent * norms[norms.count / 2]
                if usual > 0 { gain = min(20, max(1, 0.07 / usual)) }
            default: continue
            }
        }
        self.span = min(0.5, span)
        arrow = Self.length * view.halfExtent * gain
    }

    /// Length of an arrow, in half-views, for a gradient that would change the loss by 1 over a half-view.
    private static let length: Float = 0.6
}
