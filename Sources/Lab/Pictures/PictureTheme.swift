import Foundation

/// The colours of a picture; the same as in the page's `styles/tokens.css`.
package struct PictureTheme: Hashable, Sendable {
    package let background: Colour
    package let real: Colour
    package let fake: Colour
    package let gradient: Colour
    /// D's output at 0 (surely fake), ½ and 1 (surely real).
    package let heat: [Colour]

    package static let light = PictureTheme(
        background: Colour(0xFFFFFF), real: Colour(0x0B7A55), fake: Colour(0x7B3FA0),
        gradient: Colour(0xD1439B),
        heat: [Colour(0xB896CC), Colour(0xF7F7F5), Colour(0x7CC4A4)])

    package static let dark = PictureTheme(
        background: Colour(0x181B21), real: Colour(0x4CC38A), fake: Colour(0xC792EA),
        gradient: Colour(0xF472B6),
        heat: [Colour(0x5B2F80), Colour(0x14161A), Colour(0x14633F)])

    /// The colour of a probability.
    ///
    /// - Parameter span: The distance from one half that has the fullest colour.
    func heat(at probability: Float, span: Float) -> Colour {
        let leaning = probability.isNaN ? 0 : min(max((probability - 0.5) / span, -1), 1)
        // Small leanings get more than their share of the colour.
        let place = 1 + Double((leaning < 0 ? -1 : 1) * pow(abs(leaning), 0.6))
        return place < 1 ? heat[0].mixed(with: heat[1], place) : heat[1].mixed(with: heat[2], place - 1)
    }
}
