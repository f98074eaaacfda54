import GANEngine

extension Portrait {
    /// The layered picture with the layers that a first visit shows.
    var picture: LayeredPicture {
        var watch = Watch()
        watch.layers = [.real, .fake, .heatmap, .gradients]
        watch.grid = 50
        let shot = Shot(snapshot, Scene(snapshot.settings, in: view), watch)
        return LayeredPicture(view: view, layers: shot.sections)
    }
}
