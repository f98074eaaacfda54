import GANEngine

/// The part of the plane that pictures show, as JSON.
struct ViewDocument: Encodable {
    let cx: Float
    let cy: Float
    let half: Float

    init(_ view: View) {
        cx = view.centre.x
        cy = view.centre.y
        half = view.halfExtent
    }
}
