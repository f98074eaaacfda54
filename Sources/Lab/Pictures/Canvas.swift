/// A place on a canvas in pixels: x to the right, y down, from the upper left corner.
package typealias Place = SIMD2<Float>

/// A square on which a picture is drawn once and comes out as pixels or as vectors.
package protocol Canvas {
    /// Pixels.
    var side: Int { get }
    /// Covers the canvas with a grid of colours, smoothly scaled; rows from the top.
    mutating func image(_ colours: [Colour], side: Int)
    /// Fills shapes with one colour. Where they overlap they do not darken each other.
    mutating func fill(_ shapes: [Shape], _ colour: Colour)
    /// Draws lines through places, with round ends. Where they overlap they do not darken each other.
    mutating func stroke(_ lines: [[Place]], width: Float, _ colour: Colour)
}

/// Something that can be filled.
package enum Shape {
    case disc(centre: Place, radius: Float)
    /// Corners in order; where the outline crosses itself, the even-odd rule decides.
    case polygon([Place])
}
