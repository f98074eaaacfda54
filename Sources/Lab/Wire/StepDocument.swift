import GANEngine

/// What happened in one step, in the answer to `explain`:
/// `{"step": n, "updates": [{"player", "loss", "penalty", "realOutput", "realScore", "fakeOutput", "fakeScore",
/// "gradientNorm", "updateNorm"} …]}`, D's updates before G's; `real…` are left out in G's.
struct StepDocument: Encodable, Sendable {
    struct Update: Encodable, Sendable {
        let player: String
        let loss: Float
        let penalty: Float
        /// Mean of D's logits on the real samples, and of their σ.
        let realOutput: Float?
        let realScore: Float?
        let fakeOutput: Float
        let fakeScore: Float
        let gradientNorm: Float
        let updateNorm: Float
    }

    /// The step that was run, from 0.
    let step: Int
    let updates: [Update]

    init(_ explanation: StepExplanation) {
        step = explanation.step
        updates = explanation.updates.map(Update.init)
    }
}

extension StepDocument.Update {
    fileprivate init(_ update: StepExplanation.Update) {
        player = update.player.rawValue
        loss = update.loss.bounded
        penalty = update.penalty.bounded
        realOutput = update.real?.output.bounded
        realScore = update.real?.score.bounded
        fakeOutput = update.fake.output.bounded
        fakeScore = update.fake.score.bounded
        gradientNorm = update.gradientNorm.bounded
        updateNorm = update.updateNorm.bounded
    }
}

extension Float {
    /// JSON has no infinity. A sum of large but finite numbers may be one.
    fileprivate var bounded: Float {
        isNaN ? 0 : min(max(self, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    }
}
