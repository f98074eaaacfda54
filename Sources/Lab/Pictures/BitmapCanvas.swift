import GANEngine

/// Draws pixels.
package struct BitmapCanvas: Canvas {
    package private(set) var bitmap: Bitmap
    private var mask: Mask

    package init(side: Int, background: Colour) {
        bitmap = Bitmap(width: side, height: side, background: background)
        mask = Mask(side: side)
    }

    package var side: Int { bitmap.width }

    package mutating func image(_ colours: [Colour], side count: Int) {
        // Bilinear between the centres of the cells.
        let position = { [side] (pixel: Int) -> (Int, Int, Double) in
            let place = (Double(pixel) + 0.5) * Double(count) / Double(side) - 0.5
            let clamped = min(max(place, 0), Double(count - 1))
            let first = Int(clamping: clamped)
            return (first, min(first + 1, count - 1), clamped - clamped.rounded(.down))
        }
        let columns = (0..<side).map(position)
        for y in 0..<side {
            let (top, bottom, down) = position(y)
            for x in 0..<side {
                let (left, right, across) = columns[x]
                let above = colours[top * count + left].mixed(with: colours[top * count + right], across)
                let below = colours[bottom * count + left].mixed(
                    with: colours[bottom * count + right], across)
                bitmap.blend(above.mixed(with: below, down), x: x, y: y)
            }
        }
    }

    package mutating func fill(_ shapes: [Shape], _ colour: Colour) {
        for shape in shapes { mask.add(shape) }
        lay(colour)
    }

    package mutating func stroke(_ lines: [[Place]], width: Float, _ colour: Colour) {
        for line in lines {
            for (a, b) in zip(line, line.dropFirst()) { mask.addCapsule(from: a, to: b, radius: width / 2) }
        }
        lay(colour)
    }

    private mutating func lay(_ colour: Colour) {
        for y in mask.rows {
            for x in 0..<side { bitmap.blend(colour, x: x, y: y, coverage: mask.coverage[y * side + x]) }
        }
        mask.clear()
    }
}
