import GANEngine

/// An animation of a run: the recipe is lived through once more, and every so often a picture is taken.
///
/// Pictures come often at first and ever less often (at the squares of their numbers), because most happens early. The
/// last one stays for two seconds. A run that diverges is shown up to there.
package struct RunFilm {
    /// How many pictures an animation may have, and how long its side may be in pixels.
    package static let frameBounds = 2...120
    package static let sideBounds = 64...640
    /// Time to spend on replaying. After that, pictures are taken only of steps that are known.
    private static let patience = Duration.seconds(20)

    private let run: Run
    private let step: Int
    private let frames: Int
    private let side: Int
    private let request: FrameRequest
    private let theme: PictureTheme
    private var gif: GIF
    private var frame = 0
    private var spent = Duration.zero

    /// A film of steps 0 to `step` that is still to be made.
    ///
    /// - Precondition: `frames` and `side` are within their bounds.
    package init(
        of recipe: Recipe, upTo step: Int, knowing checkpoints: some Sequence<Checkpoint> = [],
        frames: Int = 60, side: Int = 400, layers: Set<FrameRequest.Layer> = [.real, .fake, .heatmap],
        theme: PictureTheme = .light
    ) throws(RecipeError) {
        precondition(Self.frameBounds.contains(frames) && Self.sideBounds.contains(side))
        run = try Run(recipe, near: 0, knowing: checkpoints)
        self.step = step
        self.frames = frames
        self.side = side
        self.theme = theme
        var request = FrameRequest()
        request.layers = layers
        request.grid = 50
        request.fakes = 450
        self.request = request
        gif = GIF(width: side, height: side)
    }

    /// The animation so far, at 15 pictures a second.
    package var bytes: [UInt8] { gif.bytes }

    /// Goes on with it until soon after `deadline`, some 20 ms; says whether it is done.
    package mutating func advance(until deadline: ContinuousClock.Instant) -> Bool {
        while frame < frames {
            let goal = Self.square(of: frame, outOf: frames - 1, times: step)
            let isThere = replay(to: goal, until: deadline)
            guard isThere || run.divergence != nil || spent >= Self.patience else { return false }
            takePicture(isLast: frame == frames - 1 || run.divergence != nil)
            if run.divergence != nil { frame = frames }
            if ContinuousClock.now >= deadline { break }
        }
        return frame >= frames
    }

    /// step · (frame / last)², rounded down; steps may be so large that step · frame² is no integer any more.
    private static func square(of frame: Int, outOf last: Int, times step: Int) -> Int {
        let (whole, rest) = step.quotientAndRemainder(dividingBy: last * last)
        return whole * frame * frame + rest * frame * frame / (last * last)
    }

    private mutating func replay(to goal: Int, until deadline: ContinuousClock.Instant) -> Bool {
        let start = ContinuousClock.now
        defer { spent += .now - start }
        // A recipe that has begun can be gone on with from its own checkpoints.
        try? run.jump(towards: goal)
        guard spent < Self.patience else { return false }
        _ = run.advance(by: goal - run.step, until: deadline)
        return run.step >= goal
    }

    private mutating func takePicture(isLast: Bool) {
        let picture = LayeredPicture(
            view: run.view, layers: SnapshotSections(run.snapshot(), run.scene, request).sections,
            theme: theme)
        gif.add(picture.bitmap(side: side), centiseconds: isLast ? 200 : 7)
        frame += 1
    }
}
