import GANEngine

extension SessionSnapshot {
    /// The layered picture with the layers that a first visit shows.
    var picture: LayeredPicture {
        var request = FrameRequest()
        request.layers = [.real, .fake, .heatmap, .gradients]
        request.grid = 50
        let shot = SnapshotSections(snapshot, Scene(snapshot.settings, in: view), request)
        return LayeredPicture(view: view, layers: shot.sections)
    }
}
