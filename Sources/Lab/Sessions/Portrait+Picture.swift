import GANEngine

extension Portrait {
    /// The layered picture with the layers that a first visit shows.
    var picture: LayeredPicture {
        var watch = Watch()
        watch.layers = [.real, .fake, .heatmap]
        watch.grid = 50
        let shot = Shot(snapshot, Scene(recipe.settings), watch)
        return LayeredPicture(view: view, layers: shot.sections)
    }
}
