import GANEngine

/// An animation of a run: the recipe is lived through once more, and every so often a picture is taken.
///
/// Pictures come often at first and ever less often (at the squares of their numbers), because most happens early. The
/// last one stays for two seconds. A run that diverges is shown up to there.
package struct RunFilm: Sendable {
    package let recipe: Recipe
    /// The last step shown.
    package let step: Int
    /// Layers of the picture; others than those of ``LayeredPicture`` are not drawn.
    package let layers: Set<Watch.Layer>
    package let theme: PictureTheme

    package init(
        of recipe: Recipe, upTo step: Int, layers: Set<Watch.Layer> = [.real, .fake, .heatmap],
        theme: PictureTheme = .light
    ) {
        self.recipe = recipe
        self.step = step
        self.layers = layers
        self.theme = theme
    }

    /// How many pictures an animation may have, and how long its side may be in pixels.
    package static let frameBounds = 2...120
    package static let sideBounds = 64...640

    /// The animation as a GIF at 15 pictures a second. Takes as long as the run, and some 20 ms a picture.
    ///
    /// - Precondition: `frames` and `side` are within their bounds.
    package func gif(frames: Int = 60, side: Int = 400) throws(RecipeError) -> [UInt8] {
        precondition(Self.frameBounds.contains(frames) && Self.sideBounds.contains(side))
        let experiment = try Experiment(recipe)
        let scene = Scene(recipe.settings)
        var gif = GIF(width: side, height: side)
        for frame in 0..<frames {
            let isLast = frame == frames - 1
            let isWhole = run(experiment, to: step * frame * frame / ((frames - 1) * (frames - 1)))
            gif.add(picture(experiment, scene).bitmap(side: side), centiseconds: isLast || !isWhole ? 200 : 7)
            if !isWhole { break }
        }
        return gif.bytes
    }

    /// False if training diverged on the way.
    private func run(_ experiment: Experiment, to step: Int) -> Bool {
        do throws(Divergence) {
            try experiment.run(steps: step - experiment.step)
            return true
        } catch {
            return false
        }
    }

    private func picture(_ experiment: Experiment, _ scene: Scene) -> LayeredPicture {
        var watch = Watch()
        watch.layers = layers
        watch.grid = 50
        watch.fakes = 450
        return LayeredPicture(
            view: scene.view, layers: Shot(experiment.snapshot(), scene, watch).sections, theme: theme)
    }
}
