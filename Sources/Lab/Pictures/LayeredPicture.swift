import GANEngine

/// The layered picture that the page shows, as a file: heatmap, real samples, manifold, gradients, fake samples.
///
/// Marks and measures are those of the page (`Public/canvas`), so that a picture in a report is the picture on the
/// screen.
package struct LayeredPicture: Sendable {
    package let view: View
    /// Any of real, fake, gradients (with fake), heatmap or optimum, and manifold; others are not drawn.
    package let layers: [FrameSection]
    package let theme: PictureTheme

    package init(view: View, layers: [FrameSection], theme: PictureTheme = .light) {
        self.view = view
        self.layers = layers
        self.theme = theme
    }

    /// Sides that a picture may have, in pixels.
    package static let sides = 64...2_048

    /// - Precondition: `side` is in ``sides``.
    package func bitmap(side: Int) -> Bitmap {
        precondition(Self.sides.contains(side))
        var canvas = BitmapCanvas(side: side, background: theme.background)
        draw(on: &canvas)
        return canvas.bitmap
    }

    package func png(side: Int) -> [UInt8] { PNG.encode(bitmap(side: side)) }

    /// - Precondition: `side` is in ``sides``.
    package func svg(side: Int, title: String) -> String {
        precondition(Self.sides.contains(side))
        var canvas = SVGCanvas(side: side, background: theme.background, title: title)
        draw(on: &canvas)
        return canvas.text
    }

    package func draw(on canvas: inout some Canvas) {
        let side = Float(canvas.side)
        let dot = max(1.5, side / 190)
        var fakes: [Point] = []
        for case .fake(let points) in layers { fakes = points }

        let exposure = Exposure(of: layers, view: view)
        for case .heatmap(let count, let values) in layers { drawHeat(values, count, exposure, on: &canvas) }
        for case .optimum(let count, let values) in layers { drawHeat(values, count, exposure, on: &canvas) }
        for case .real(let points) in layers {
            canvas.fill(places(points, side).map { .disc(centre: $0, radius: dot) }, theme.real)
        }
        for case .manifold(let columns, let rows, let points) in layers {
            let sheet = Sheet(columns: columns, rows: rows, places: places(points, side))
            sheet.draw(on: &canvas, theme.fake)
        }
        for case .gradients(let gradients) in layers where gradients.count == fakes.count {
            canvas.fill(
                arrows(fakes, gradients, side, scale: exposure.arrow, foot: 0.4 * dot),
                theme.gradient.with(alpha: 0.75))
        }
        canvas.stroke(
            places(fakes, side).map { diamond(around: $0, 1.5 * dot) }, width: max(1, side / 360), theme.fake)
    }

    private func drawHeat(
        _ values: [Float], _ count: Int, _ exposure: Exposure, on canvas: inout some Canvas
    ) {
        // The grid's first row is the lowest, the canvas's is the highest.
        let rows = (0..<count).reversed().map { values[$0 * count..<($0 + 1) * count] }
        canvas.image(rows.joined().map { theme.heat(at: $0, span: exposure.span) }, side: count)
    }

    private func diamond(around centre: Place, _ radius: Float) -> [Place] {
        let right = Place(radius, 0)
        let down = Place(0, radius)
        return [centre - down, centre + right, centre + down, centre - right, centre - down]
    }

    /// Tapered arrows along −∂L/∂x, the way the generator's update pushes a sample; none shorter than can be seen.
    private func arrows(_ points: [Point], _ gradients: [Point], _ side: Float, scale: Float, foot: Float)
        -> [Shape]
    {
        zip(places(points, side), gradients).compactMap { place, gradient in
            let norm = (gradient.x * gradient.x + gradient.y * gradient.y).squareRoot()
            guard norm > 0, norm.isFinite else { return nil }
            let length = min(0.24, scale * norm) * 0.5 * side
            guard length >= 0.75 else { return nil }
            let along = Place(-gradient.x, gradient.y) / norm
            let across = Place(-along.y, along.x) * foot
            return .polygon([place + across, place + along * length, place - across])
        }
    }

    private func places(_ points: [Point], _ side: Float) -> [Place] {
        let scale = side / (2 * view.halfExtent)
        return points.map { point in
            let place = Place(
                (point.x - view.centre.x) * scale + side / 2, side / 2 - (point.y - view.centre.y) * scale)
            // A sample that flew to infinity is outside, wherever that is.
            return place.x.isFinite && place.y.isFinite ? place : Place(-side, -side)
        }
    }
}

/// The sheet into which the generator folds a grid of noise.
private struct Sheet {
    let columns: Int
    /// 0 for a curve.
    let rows: Int
    let places: [Place]

    private static let levels = 8

    /// Cells, darker where many noise points land, as ink thins when it spreads; then the lines of the grid.
    func draw(on canvas: inout some Canvas, _ colour: Colour) {
        for (level, cells) in cellsByDensity().enumerated() {
            let alpha = 0.06 + 0.5 * Double(level) / Double(Self.levels - 1)
            canvas.fill(cells.map { .polygon($0) }, colour.with(alpha: alpha))
        }
        canvas.stroke(lines, width: max(0.5, Float(canvas.side) / 700), colour.with(alpha: 0.55))
    }

    /// Cells in equally many per level, from the most stretched to the densest.
    private func cellsByDensity() -> [[[Place]]] {
        let cells = (0..<rows).flatMap { row in (0..<columns).map { corners(row, $0) } }
        let sorted = cells.map { (area: Self.area($0), corners: $0) }.sorted { $0.area > $1.area }
        var levels = [[[Place]]](repeating: [], count: rows > 0 ? Self.levels : 0)
        for (rank, cell) in sorted.enumerated() {
            levels[rank * Self.levels / sorted.count].append(cell.corners)
        }
        return levels
    }

    private var lines: [[Place]] {
        let across = (0...rows).map { row in (0...columns).map { place(row, $0) } }
        return rows == 0
            ? across : across + (0...columns).map { column in (0...rows).map { place($0, column) } }
    }

    private func corners(_ row: Int, _ column: Int) -> [Place] {
        [place(row, column), place(row, column + 1), place(row + 1, column + 1), place(row + 1, column)]
    }

    private func place(_ row: Int, _ column: Int) -> Place { places[row * (columns + 1) + column] }

    private static func area(_ corners: [Place]) -> Float {
        let a = corners[2] - corners[0]
        let b = corners[3] - corners[1]
        return abs(a.x * b.y - b.x * a.y) / 2
    }
}
